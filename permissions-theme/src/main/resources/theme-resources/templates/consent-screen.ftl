<#--
  What a third party asks for, as the customer reads it. Used by consent-permissions.ftl and login-oauth-grant.ftl.
  A third party's own texts never go through msg(), which would look for ${...} in them.
-->

<#-- So many permissions fit on a screen: a customer who is to choose among no more than these sees them at once. -->
<#assign AT_A_GLANCE = 6>
<#-- A longer detail is folded. -->
<#assign LONG_DETAIL = 240>

<#-- A headline that is no longer is shown in the largest letters, as an amount; one that is longer is read as text. -->
<#assign SHORT = 14>
<#assign LONG_HEADLINE = 40>

<#-- The id of what says how an approval is signed. -->
<#assign SIGNING = "consent-signing">

<#assign PLACE = "\xFFFC">

<#-- A message with the third party's name in it, for a place that takes text alone. -->
<#function text key name>
  <#return msg(key, PLACE)?replace(PLACE, name)>
</#function>

<#-- The same as markup: the name keeps its own direction. -->
<#macro sentence key name><#list msg(key, PLACE)?split(PLACE) as part>${part}<#sep><bdi>${name}</bdi></#list></#macro>

<#-- The page's title. -->
<#function title consent failed>
  <#local asks = text(consent.wording().title(), consent.client().name())>
  <#return failed?then(text("consent.screen.title-after-error", asks), asks)>
</#function>

<#-- Who asks: the content of the page's h1. -->
<#macro heading consent>
  <@who client=consent.client() key=consent.wording().title() />
</#macro>

<#-- The same with any words that have the third party's name in them. -->
<#macro who client key>
  <link rel="stylesheet" href="${url.resourcesPath}/css/consent-screen.css">
  <span class="consent-who">
    <#local initial = client.name()?trim?replace("^(.).*$", "$1", "rs")?upper_case>
    <span class="consent-logo" aria-hidden="true"><#if client.logoUri()??><img src="${client.logoUri()}" alt="" referrerpolicy="no-referrer" data-consent-initial="${initial}"><#else>${initial}</#if></span>
    <span class="consent-asks"><@sentence key=key name=client.name() /></span>
  </span>
</#macro>

<#-- How to answer. -->
<#function lead consent>
  <#if !consent.selectable()><#return "consent.screen.all-or-nothing"></#if>
  <#return consent.granted()?has_content?then("consent.screen.choose-more", "consent.screen.choose")>
</#function>

<#-- The question and, nested, the buttons that answer it. -->
<#macro question consent failed>
  <#local several = consent.groups()?size gt 1>
  <#local total = 0>
  <#list consent.groups() as group><#local total += group.permissions()?size></#list>
  <div class="consent">
    <#if failed>
      <div class="consent-error" role="alert" tabindex="-1" autofocus>
        <@icon name="error" />
        <p>${message.summary}</p>
      </div>
    </#if>
    <#if consent.client().legalEntity()??><p class="consent-about"><@sentence key="consent.screen.verified" name=consent.client().legalEntity() /></p></#if>
    <@links client=consent.client() />
    <#if consent.about()??><p class="consent-about"><bdi>${consent.about()}</bdi></p></#if>
    <#list consent.details() as one><@act detail=one /></#list>
    <#if consent.partner()?? && !consent.hasNoAccount() && !consent.accountsUnavailable()><p class="consent-direction"><@sentence key="consent.partner.they" name=consent.client().name() /></p></#if>
    <#if total gt 0><p class="consent-lead">${msg(lead(consent))}</p></#if>
    <#if consent.selectable() && several>
      <label class="consent-everything" hidden data-consent-all="everything">
        <input type="checkbox" class="consent-box" autocomplete="off">
        <span class="consent-words">${msg("consent.screen.everything")}</span>
      </label>
    </#if>
    <div class="consent-groups">
      <#list consent.groups() as group>
        <@asked group=group id="consent-group-" + group?counter consent=consent open=consent.selectable() && total lte AT_A_GLANCE />
      </#list>
    </div>
    <#if consent.granted()?has_content><@granted groups=consent.granted() /></#if>
    <#if consent.partner()?? && !consent.hasNoAccount() && !consent.accountsUnavailable()><@otherWay partner=consent.partner() /></#if>
    <div class="consent-answer">
      <#if consent.signs()><@signing passkey=consent.passkey() /></#if>
      <div class="consent-buttons"><#nested></div>
      <#if continueInApp!false><p class="consent-second-way">${msg("consent.link.second-way.what")} <button class="consent-again" type="submit" name="decision" value="app">${msg("consent.link.second-way")}</button></p></#if>
      <p class="consent-quiet"><@sentence key="consent.screen.afterwards" name=consent.client().name() /></p>
    </div>
  </div>
  <script type="module" src="${url.resourcesPath}/js/consent-screen.js"></script>
</#macro>

<#-- How to answer a question of the screen. Where an account is needed and there is none, all that is left is the way back. -->
<#macro answers consent>
  <#if consent.hasNoAccount()>
    <@button name="decision" value="deny" label="consent.screen.back" />
  <#else>
    <@button name="decision" value="deny" label="consent.screen.deny" />
    <#if consent.accountsUnavailable()>
      <@button name="decision" value="again" label="consent.screen.again" />
    <#else>
      <#-- where it is signed, the script of the page switches it on -->
      <@button name="decision" value="approve" label=consent.wording().approve() about=consent.signs()?then(SIGNING, "") />
    </#if>
  </#if>
</#macro>

<#-- What an approval is signed with, or why it can't be and what to do. -->
<#macro signing passkey>
  <#if passkey.prompt()??>
    <#local prompt = passkey.prompt()>
    <div id="${SIGNING}" data-consent-challenge="${passkey.challenge()}" data-consent-content="${passkey.content()}" data-consent-rp-id="${prompt.rpId()}" data-consent-credentials="${passkey.credentials()}" data-consent-user-verification="${prompt.userVerification()}" data-consent-timeout="${passkey.timeout()}">
      <p class="consent-passkey" data-consent-passkey="ready" hidden><@icon name="key" /><span>${msg("consent.screen.passkey")}</span></p>
      <p class="consent-passkey" data-consent-passkey="unusable"><@icon name="error" /><span>${msg("consent.screen.passkey.unusable")}</span></p>
    </div>
    <div role="alert">
      <p class="consent-error" data-consent-passkey="not-used" hidden><@icon name="error" /><span>${msg("consent.screen.passkey.not-used")}</span></p>
      <p class="consent-error" data-consent-passkey="failed" hidden><@icon name="error" /><span>${msg("consent.screen.passkey.failed")}</span></p>
    </div>
    <script type="module" src="${url.resourcesPath}/js/consent-passkey.js"></script>
  <#else>
    <div class="consent-passkey">
      <@icon name="key" />
      <div>
        <p id="${SIGNING}">${msg("consent.screen.passkey.missing")}</p>
        <p>${msg("consent.screen.passkey.missing.what")}</p>
        <p class="consent-links">
          <#if passkey.setUp()??><@link href=passkey.setUp() label="consent.screen.passkey.set-up" /></#if>
          <button class="consent-again" type="submit" name="decision" value="again">${msg("consent.screen.again")}</button>
        </p>
      </div>
    </div>
  </#if>
</#macro>

<#-- An authorization detail, with the accounts that it is about. -->
<#macro act detail>
  <section class="consent-act" role="group" aria-label="${msg("consent.screen.detail")}">
    <#if detail.headline()?has_content>
      <dl class="consent-headlines">
        <#list detail.headline() as row><div><dt><bdi>${row.label()}</bdi></dt><dd class="${(row.value()?length gt LONG_HEADLINE)?then("consent-text", (row.value()?length gt SHORT)?then("", "consent-short"))}"><bdi>${row.value()}</bdi></dd></div></#list>
      </dl>
    </#if>
    <#if detail.rows()?has_content>
      <dl class="consent-rows">
        <#list detail.rows() as row><div<#if row.emphasis() gt 2> class="consent-quiet"</#if>><dt><bdi>${row.label()}</bdi></dt><dd><bdi>${row.value()}</bdi></dd></div></#list>
      </dl>
    </#if>
    <#if detail.accounts()??><@accounts asked=detail.accounts() /></#if>
  </section>
</#macro>

<#-- Which accounts it is about. -->
<#macro accounts asked>
  <#local several = asked.kind() == "SOME">
  <#switch asked.kind()>
    <#case "FIXED">
      <dl class="consent-rows"><div><dt>${msg("consent.screen.account")}</dt><dd>
        <input type="hidden" name="${asked.field()}" value="${asked.accounts()[0].id()}">
        <@accountName account=asked.accounts()[0] />
      </dd></div></dl>
      <#break>
    <#case "NONE">
      <p class="consent-note"><@icon name="error" /><span>${msg("consent.screen.no-account")}</span></p>
      <#break>
    <#case "UNAVAILABLE">
      <p class="consent-note"><@icon name="error" /><span>${msg("consent.screen.accounts-unavailable")}</span></p>
      <#break>
    <#case "LEFT_TO_BANK">
      <p class="consent-note"><@icon name="error" /><span>${msg("consent.screen.left-to-bank")}</span></p>
      <#break>
    <#default>
      <fieldset class="consent-accounts">
        <legend>${msg(several?then("consent.screen.which-accounts", "consent.screen.which-account"))}</legend>
        <ul class="consent-permissions" role="list">
          <#if several>
            <li hidden data-consent-all="accounts"><label class="consent-choice"><input type="checkbox" class="consent-box" autocomplete="off"><span class="consent-words">${msg("consent.screen.all-accounts")}</span></label></li>
          </#if>
          <#list asked.accounts() as account>
            <li><label class="consent-choice">
              <input type="${several?then("checkbox", "radio")}" class="consent-box" name="${asked.field()}" value="${account.id()}" autocomplete="off"<#if asked.chosen()?seq_contains(account.id())> checked</#if>>
              <@accountName account=account />
            </label></li>
          </#list>
          <#if asked.kind() == "ONE_OR_NONE">
            <li><label class="consent-choice">
              <input type="radio" class="consent-box" name="${asked.field()}" value="" autocomplete="off"<#if !asked.chosen()?has_content> checked</#if>>
              <span class="consent-words">${msg("consent.screen.bank-chooses")}</span>
            </label></li>
          </#if>
        </ul>
      </fieldset>
  </#switch>
</#macro>

<#-- By its name, and what else the bank says of it. -->
<#macro accountName account>
  <span class="consent-words consent-account">
    <bdi>${account.name()}</bdi>
    <#if account.maskedNumber()?? || account.currency()??><span class="consent-quiet"><#if account.maskedNumber()??><bdi>${account.maskedNumber()}</bdi></#if><#if account.currency()??> <bdi>${account.currency()}</bdi></#if></span></#if>
  </span>
</#macro>

<#-- Both answers look the same. One that can't be given says by another element's id what it is about. -->
<#macro button name label value="" about="">
  <button class="consent-button" type="submit" name="${name}" value="${value}"<#if about?has_content> disabled aria-describedby="${about}"</#if>>${msg(label)}</button>
</#macro>

<#macro links client>
  <#if client.policyUri()?? || client.tosUri()??>
    <p class="consent-links">
      <#if client.policyUri()??><@link href=client.policyUri() label="consent.screen.privacy" /></#if>
      <#if client.tosUri()??><@link href=client.tosUri() label="consent.screen.terms" /></#if>
    </p>
  </#if>
</#macro>

<#macro link href label>
  <a href="${href}" target="_blank" rel="noopener noreferrer">${msg(label)}<span class="consent-hidden"> (${msg("consent.screen.new-tab")})</span><@icon name="external" /></a>
</#macro>

<#-- A group that is asked for. -->
<#macro asked group id consent open>
  <#local selected = 0>
  <#list group.permissions() as permission>
    <#if consent.selected()?seq_contains(permission.scope())><#local selected++></#if>
  </#list>
  <#local choosable = group.permissions()?filter(permission -> !permission.required())?size>
  <#local partly = consent.selectable() && selected gt 0 && selected lt group.permissions()?size && choosable gt 0>
  <section class="consent-group" role="group" aria-labelledby="${id}"<#if group.summary()??> aria-describedby="${id}-summary"</#if>>
    <div class="consent-headline">
      <#if consent.selectable()>
        <input type="checkbox" id="${id}-all" class="consent-box" hidden autocomplete="off" data-consent-all="group" aria-label="${text("consent.screen.group", group.title())}"<#if choosable == 0> disabled checked</#if>>
      </#if>
      <div class="consent-words">
        <h2 id="${id}"><#if consent.selectable()><label for="${id}-all"><bdi>${group.title()}</bdi></label><#else><bdi>${group.title()}</bdi></#if></h2>
        <#if group.summary()??><p id="${id}-summary" class="consent-quiet"><bdi>${group.summary()}</bdi></p></#if>
      </div>
    </div>
    <details id="${id}-details" class="consent-details"<#if open || partly> open</#if>>
      <summary>
        <@icon name="chevron" />
        <span>${msg("consent.screen.permissions", group.permissions()?size)}<span class="consent-hidden">: ${group.title()}</span></span>
        <#if consent.selectable()><span class="consent-count" data-consent-count="${msg("consent.screen.selected", "{0}")}"></span></#if>
      </summary>
      <ul class="consent-permissions" role="list">
        <#list group.permissions() as permission>
          <li><@choice permission=permission id=id + "-" + permission?counter consent=consent /></li>
        </#list>
      </ul>
    </details>
  </section>
</#macro>

<#-- One permission, with a box to tick where the customer may choose. -->
<#macro choice permission id consent>
  <#if consent.selectable()>
    <#if permission.required()><input type="hidden" name="permission" value="${permission.scope()}"></#if>
    <label class="consent-choice">
      <input type="checkbox" class="consent-box" autocomplete="off"<#if permission.detail()?? && permission.detail()?length lte LONG_DETAIL> aria-describedby="${id}-detail"</#if><#if permission.required()> checked disabled<#else> name="permission" value="${permission.scope()}"<#if consent.selected()?seq_contains(permission.scope())> checked</#if></#if>>
      <span class="consent-words">
        <bdi>${permission.title()}</bdi>
        <#if permission.required()><span class="consent-tag">${msg("consent.screen.required")}</span></#if>
      </span>
    </label>
  <#else>
    <p class="consent-choice"><@icon name="bullet" /><span class="consent-words"><bdi>${permission.title()}</bdi></span></p>
  </#if>
  <#if permission.detail()??><@detail permission=permission id=id + "-detail" /></#if>
  <@claims permission=permission />
</#macro>

<#-- The customer's data that a permission is about, masked. -->
<#macro claims permission>
  <#if permission.claims()?has_content>
    <dl class="consent-rows consent-claims">
      <#list permission.claims() as claim><div><dt><bdi>${claim.label()}</bdi></dt><dd><bdi>${claim.value()!"•••"}</bdi></dd></div></#list>
    </dl>
  </#if>
</#macro>

<#macro detail permission id>
  <#if permission.detail()?length gt LONG_DETAIL>
    <details class="consent-details consent-long">
      <summary><@icon name="chevron" /><span>${msg("consent.screen.more")}<span class="consent-hidden">: ${permission.title()}</span></span></summary>
      <p id="${id}" class="consent-detail"><bdi>${permission.detail()}</bdi></p>
    </details>
  <#else>
    <p id="${id}" class="consent-detail"><bdi>${permission.detail()}</bdi></p>
  </#if>
</#macro>

<#-- What the customer allowed earlier and is not asked again. -->
<#macro granted groups>
  <#local total = 0>
  <#list groups as group><#local total += group.permissions()?size></#list>
  <details class="consent-details consent-granted">
    <summary><@icon name="chevron" /><span>${msg("consent.screen.granted")}</span><span class="consent-count">${msg("consent.screen.permissions", total)}</span></summary>
    <p class="consent-quiet">${msg("consent.screen.granted.note")}</p>
    <#list groups as group>
      <h2 id="consent-granted-${group?counter}"><bdi>${group.title()}</bdi></h2>
      <ul class="consent-permissions" role="list" aria-labelledby="consent-granted-${group?counter}">
        <#list group.permissions() as permission>
          <li>
            <p class="consent-choice"><@icon name="tick" /><span class="consent-words"><bdi>${permission.title()}</bdi></span></p>
            <#if permission.detail()??><@detail permission=permission id="consent-granted-" + group?counter + "-" + permission?counter /></#if>
            <@claims permission=permission />
          </li>
        </#list>
      </ul>
    </#list>
  </details>
</#macro>

<#-- The other way round: what the bank may see at the third party. Nothing of it is needed. -->
<#macro otherWay partner>
  <section class="consent-group consent-other-way" role="group" aria-labelledby="consent-other-way" aria-describedby="consent-other-way-what">
    <div class="consent-headline">
      <div class="consent-words">
        <h2 id="consent-other-way"><@sentence key="consent.partner.we" name=partner.name() /></h2>
        <p id="consent-other-way-what" class="consent-quiet"><@sentence key="consent.partner.what" name=partner.name() /></p>
      </div>
    </div>
    <ul class="consent-permissions" role="list">
      <#list partner.open() as permission>
        <li>
          <label class="consent-choice">
            <input type="checkbox" class="consent-box" autocomplete="off" name="partner" value="${permission.scope()}"<#if permission.detail()??> aria-describedby="consent-other-way-${permission?counter}"</#if><#if partner.chosen()?seq_contains(permission.scope())> checked</#if>>
            <span class="consent-words"><bdi>${permission.title()}</bdi></span>
          </label>
          <#if permission.detail()??><p id="consent-other-way-${permission?counter}" class="consent-detail"><bdi>${permission.detail()}</bdi></p></#if>
        </li>
      </#list>
    </ul>
    <#if partner.connected()?has_content>
      <p class="consent-quiet">${msg("consent.partner.already")} <#list partner.connected() as permission><bdi>${permission.title()}</bdi><#sep>, </#list></p>
    </#if>
  </section>
</#macro>

<#macro icon name>
  <svg class="consent-icon consent-icon-${name}" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
    <#switch name>
      <#case "chevron"><path d="M6 3.5 10.5 8 6 12.5"/><#break>
      <#case "external"><path d="M9 3h4v4M13 3 7.5 8.5M6.5 4H4a1 1 0 0 0-1 1v7a1 1 0 0 0 1 1h7a1 1 0 0 0 1-1V9.5"/><#break>
      <#case "tick"><path d="M3 8.5 6.5 12 13 4.5"/><#break>
      <#case "bullet"><circle cx="8" cy="8" r="2.5"/><#break>
      <#case "key"><circle cx="5" cy="11" r="3"/><path d="M7.25 8.75 13.5 2.5M10.5 5.5l2.25 2.25"/><#break>
      <#case "error"><path d="M8 4.5v4.25M8 11.25v.25"/><circle cx="8" cy="8" r="6.5"/><#break>
    </#switch>
  </svg>
</#macro>
