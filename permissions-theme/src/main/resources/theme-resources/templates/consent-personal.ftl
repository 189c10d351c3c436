<#-- Where a customer gets a token for themselves. The form leads to a login, which comes back here; its script shows the token. -->
<#import "template.ftl" as layout>
<#-- Outside of a login there is none to begin anew when the customer logs in in another tab: the page stays. -->
<#global url = url + {"ssoLoginInOtherTabsUrl": "#"}>
<#global title = msg("consent.personal.title")>
<@layout.registrationLayout displayMessage=false; section>
  <#if section = "header">
    <link rel="stylesheet" href="${url.resourcesPath}/css/consent-screen.css">
    ${msg("consent.personal.title")}
  <#elseif section = "form">
    <div class="consent consent-personal" data-personal data-client="${personal.clientId()}" data-scope="${personal.scope()}" data-address="${personal.address()}" data-authorization="${personal.authorization()}" data-token="${personal.token()}">
      <p class="consent-lead">${msg("consent.personal.what")}</p>
      <noscript><p class="consent-error">${msg("consent.personal.script")}</p></noscript>
      <p class="consent-error" role="alert" tabindex="-1" hidden data-personal-part="denied">${msg("consent.personal.denied")}</p>
      <p class="consent-error" role="alert" tabindex="-1" hidden data-personal-part="failed">${msg("consent.personal.failed")}</p>
      <p class="consent-quiet" role="status" hidden data-personal-part="busy">${msg("consent.personal.busy")}</p>
      <form class="consent-personal-part" hidden data-personal-part="ask">
        <label class="consent-personal-label" for="personal-name">${msg("consent.personal.name")}</label>
        <input id="personal-name" name="name" type="text" required maxlength="60" autocomplete="off" aria-describedby="personal-name-hint">
        <p id="personal-name-hint" class="consent-quiet">${msg("consent.personal.name.hint")}</p>
        <p class="consent-buttons"><button class="consent-button" type="submit">${msg("consent.personal.continue")}</button></p>
        <p class="consent-quiet">${msg("consent.personal.one")}</p>
      </form>
      <section class="consent-personal-part" hidden data-personal-part="token">
        <h2 tabindex="-1" data-personal-name></h2>
        <p>${msg("consent.personal.once")}</p>
        <label class="consent-personal-label" for="personal-token">${msg("consent.personal.token")}</label>
        <textarea id="personal-token" rows="6" readonly spellcheck="false" data-personal-token></textarea>
        <p class="consent-buttons"><button class="consent-button" type="button" data-personal-copy="${msg("consent.personal.copied")}">${msg("consent.personal.copy")}</button></p>
        <p role="status" data-personal-until="${msg("consent.personal.until", "{0}")}"></p>
        <p><a href="${personal.account()}">${msg("consent.personal.account")}</a></p>
      </section>
      <p class="consent-quiet">${msg("consent.personal.warning")}</p>
      <script type="module" src="${url.resourcesPath}/js/consent-personal.js"></script>
    </div>
  </#if>
</@layout.registrationLayout>
