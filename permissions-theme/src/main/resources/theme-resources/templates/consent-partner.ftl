<#-- What stands when the browser came back from a partner with nothing. -->
<#import "template.ftl" as layout>
<#import "consent-screen.ftl" as screen>
<#assign heading = partner.connected()?has_content?then("consent.partner.title.connected", "consent.partner.title")>
<#global title = screen.text(heading, partner.client().name())>
<@layout.registrationLayout displayMessage=false; section>
  <#if section = "header">
    <@screen.who client=partner.client() key=heading />
  <#elseif section = "form">
    <form class="consent-form" action="${url.loginAction}" method="post" autocomplete="off">
      <div class="consent">
        <div class="consent-error" role="alert" tabindex="-1" autofocus>
          <@screen.icon name="error" />
          <p><@screen.sentence key=partner.why() name=partner.client().name() /></p>
        </div>
        <#if partner.settled()><p class="consent-about"><@screen.sentence key="consent.partner.settled" name=partner.client().name() /></p></#if>
        <@list title="consent.partner.wanted" permissions=partner.wanted() name=partner.client().name() />
        <#if partner.connected()?has_content><@list title="consent.partner.sees" permissions=partner.connected() name=partner.client().name() /></#if>
        <div class="consent-answer">
          <div class="consent-buttons">
            <@screen.button name="partner-answer" value="without" label="consent.partner.without" />
            <@screen.button name="partner-answer" value="again" label="consent.screen.again" />
          </div>
        </div>
      </div>
      <script type="module" src="${url.resourcesPath}/js/consent-screen.js"></script>
    </form>
  </#if>
</@layout.registrationLayout>

<#macro list title permissions name>
  <p class="consent-quiet"><@screen.sentence key=title name=name /></p>
  <ul class="consent-permissions" role="list">
    <#list permissions as permission>
      <li><p class="consent-choice"><@screen.icon name="bullet" /><span class="consent-words"><bdi>${permission.title()}</bdi></span></p></li>
    </#list>
  </ul>
</#macro>
