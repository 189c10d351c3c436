<#-- What a browser shows outside the login: a link that is for the app, or the way back from it. It asks for nothing. -->
<#import "template.ftl" as layout>
<#-- Outside of a login there is none to begin anew when the customer logs in in another tab: the page stays. -->
<#global url = url + {"ssoLoginInOtherTabsUrl": "#"}>
<#assign key = "consent.outside." + outside>
<#global title = msg(key + ".title")>
<@layout.registrationLayout displayMessage=false; section>
  <#if section = "header">
    <link rel="stylesheet" href="${url.resourcesPath}/css/consent-screen.css">
    ${msg(key + ".title")}
  <#elseif section = "form">
    <div class="consent consent-outside">
      <p class="consent-lead">${msg(key + ".what")}</p>
      <h2>${msg(key + ".then")}</h2>
      <ol class="consent-outside-steps">
        <li>${msg(key + ".step.first")}</li>
        <li>${msg(key + ".step.second")}</li>
        <li>${msg(key + ".step.third")}</li>
      </ol>
      <p class="consent-quiet">${msg("consent.outside.warning")}</p>
    </div>
  </#if>
</@layout.registrationLayout>
