<#--
  A login that goes on in the bank's app. Used by consent-app-link.ftl. What the script needs is in attributes; without it
  the page looks by itself every few seconds.
-->
<#import "consent-screen.ftl" as screen>

<#-- The number of seconds after which a page without a script looks again. -->
<#assign LOOK_AGAIN = 5>

<#function heading link>
  <#return (link.state() == "over")?then("consent.link.title.over", (link.state() == "code")?then("consent.link.title.code", "consent.link.title"))>
</#function>

<#function title link>
  <#local says = screen.text(heading(link), link.client().name())>
  <#return (link.error()??)?then(screen.text("consent.screen.title-after-error", says), says)>
</#function>

<#macro content link>
  <div class="consent consent-link" data-consent-state="${link.state()}"<#if link.url()??> data-consent-link="${link.url()}"</#if><#if link.watch()??> data-consent-watch="${link.watch()}" data-consent-waits="${link.waits()}" data-consent-seconds="${link.secondsLeft()?c}"</#if>>
    <#if link.error()??>
      <div class="consent-error" role="alert" tabindex="-1"<#if link.state() != "code"> autofocus</#if>>
        <@screen.icon name="error" />
        <p id="consent-link-error">${msg(link.error())}<#if link.triesLeft()??> ${msg("consent.link.tries", link.triesLeft())}</#if></p>
      </div>
    </#if>
    <#if link.client().legalEntity()??><p class="consent-about"><@screen.sentence key="consent.screen.verified" name=link.client().legalEntity() /></p></#if>
    <#if link.domain()?has_content><p class="consent-about"><@screen.sentence key="consent.link.domain" name=link.domain() /></p></#if>
    <#switch link.state()>
      <#case "code"><@digits link=link /><#break>
      <#case "over"><@over link=link /><#break>
      <#case "unopened"><@unopened link=link /><#break>
      <#default><@waiting link=link />
    </#switch>
  </div>
</#macro>

<#macro waiting link>
  <noscript><meta http-equiv="refresh" content="${LOOK_AGAIN};url=${url.loginAction}"></noscript>
  <div class="consent-link-open" data-consent-part="open"<#if link.state() != "open"> hidden</#if>>
    <#if link.number()??>
      <section class="consent-link-way">
        <h2>${msg("consent.link.by-number")}</h2>
        <p>${msg("consent.link.by-number.what")}</p>
        <p class="consent-link-number" data-consent-number>${link.number()}</p>
      </section>
    </#if>
    <#if link.url()??>
      <#if link.phone()><@here link=link /></#if>
      <@scan link=link />
      <#if !link.phone()><@here link=link /></#if>
      <@copy link=link />
    </#if>
  </div>
  <section class="consent-link-way consent-link-claimed" data-consent-part="claimed"<#if link.state() != "claimed"> hidden</#if>>
    <h2>${msg("consent.link.claimed")}</h2>
    <p>${msg("consent.link.claimed.what")}</p>
  </section>
  <p class="consent-link-status" role="status" data-consent-status data-consent-waiting="${msg("consent.link.waiting")}" data-consent-claimed="${msg("consent.link.claimed.status")}" data-consent-soon="${msg("consent.link.soon")}" data-consent-offline="${msg("consent.link.offline")}" data-consent-going="${msg("consent.link.going")}" data-consent-stopped="${msg("consent.link.stopped")}"><#if link.state() == "claimed">${msg("consent.link.claimed.status")}<#else>${msg("consent.link.waiting")}</#if></p>
  <p class="consent-link-time">
    <span data-consent-time="${msg("consent.link.minutes", "{0}")}">${msg("consent.link.minutes", link.minutesLeft())}</span>
    <#if link.canWaitLonger()><button class="consent-again" type="submit" name="more-time" value="true" data-consent-more>${msg("consent.link.more-time")}</button></#if>
  </p>
  <div class="consent-answer">
    <div class="consent-buttons" data-consent-part="look">
      <button class="consent-button" type="submit" data-consent-look>${msg("consent.link.look")}</button>
    </div>
    <@ways link=link />
    <@warning />
  </div>
  <script type="module" src="${url.resourcesPath}/js/consent-link.js"></script>
</#macro>

<#-- Where the app is on the same phone. -->
<#macro here link>
  <section class="consent-link-way consent-link-here">
    <h2>${msg("consent.link.here")}</h2>
    <p>${msg("consent.link.here.what")}</p>
    <p class="consent-buttons"><a class="consent-button consent-link-app" href="${link.url()}" rel="noreferrer" data-consent-href>${msg("consent.link.open-app")}</a></p>
  </section>
</#macro>

<#-- Where it is on another one. -->
<#macro scan link>
  <#if link.qr()??>
    <section class="consent-link-way consent-link-scan">
      <h2>${msg(link.phone()?then("consent.link.scan.other-phone", "consent.link.scan"))}</h2>
      <ol class="consent-link-steps" role="list">
        <li>${msg("consent.link.step.open")}</li>
        <li>${msg("consent.link.step.scan")}</li>
        <li>${msg("consent.link.step.answer")}</li>
      </ol>
      <div class="consent-link-qr" data-consent-qr>${link.qr()?no_esc}</div>
    </section>
  </#if>
</#macro>

<#-- For who can neither scan nor open: the link as a text. -->
<#macro copy link>
  <details class="consent-details consent-link-copy">
    <summary><@screen.icon name="chevron" /><span>${msg("consent.link.copy")}</span></summary>
    <div class="consent-link-text">
      <label for="consent-link-url">${msg("consent.link.copy.label")}</label>
      <input id="consent-link-url" type="text" readonly value="${link.url()}" data-consent-url>
      <button class="consent-again" type="button" hidden data-consent-copy="${msg("consent.link.copied")}">${msg("consent.link.copy.button")}</button>
      <p class="consent-quiet">${msg("consent.link.copy.warning")}</p>
    </div>
  </details>
</#macro>

<#macro digits link>
  <section class="consent-link-way">
    <p>${msg("consent.link.digits.what")}</p>
    <label class="consent-link-label" for="consent-digits">${msg("consent.link.digits")}</label>
    <input id="consent-digits" class="consent-link-digits" name="digits" type="text" inputmode="numeric" autocomplete="one-time-code" maxlength="11" spellcheck="false" required autofocus<#if link.error()??> aria-invalid="true" aria-describedby="consent-link-error consent-digits-warning"<#else> aria-describedby="consent-digits-warning"</#if>>
    <p id="consent-digits-warning" class="consent-note"><@screen.icon name="error" /><span><@screen.sentence key="consent.link.digits.warning" name=link.client().name() /></span></p>
  </section>
  <div class="consent-answer">
    <div class="consent-buttons"><button class="consent-button" type="submit">${msg("consent.link.continue")}</button></div>
    <@ways link=link />
  </div>
</#macro>

<#macro over link>
  <p class="consent-lead">${msg("consent.link.over.what")}</p>
  <div class="consent-answer">
    <div class="consent-buttons"><button class="consent-button" type="submit" name="new-code" value="true">${msg("consent.link.new-code")}</button></div>
    <@ways link=link />
  </div>
</#macro>

<#-- What a browser fetched ahead: its script goes on once the page is seen, else the customer does. Where too many are opened, the customer alone does. -->
<#macro unopened link>
  <div class="consent-answer">
    <div class="consent-buttons"><button class="consent-button" type="submit" name="new-code" value="true" data-consent-begin>${msg("consent.link.continue")}</button></div>
    <@ways link=link />
    <@warning />
  </div>
  <#if !(link.error()??)><script type="module" src="${url.resourcesPath}/js/consent-link-unopened.js"></script></#if>
</#macro>

<#-- How to get away from here. -->
<#macro ways link>
  <p class="consent-link-ways">
    <#if link.answersHere()><button class="consent-again" type="submit" name="answer-here" value="true" formnovalidate>${msg("consent.link.answer-here")}</button></#if>
    <button class="consent-again" type="submit" name="cancel" value="true" formnovalidate><@screen.sentence key="consent.link.cancel" name=link.client().name() /></button>
  </p>
</#macro>

<#macro warning>
  <p class="consent-quiet">${msg("consent.link.warning")}</p>
</#macro>
