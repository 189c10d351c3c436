<#-- Keycloak's own consent page, which grants all that is asked for or nothing. -->
<#import "template.ftl" as layout>
<#import "consent-screen.ftl" as screen>
<#assign failed = message?has_content && message.type == "error">
<#global title = screen.title(consent, failed)>
<@layout.registrationLayout displayMessage=false; section>
  <#if section = "header">
    <@screen.heading consent=consent />
  <#elseif section = "form">
    <form class="consent-form" action="${url.oauthAction}" method="post">
      <input type="hidden" name="code" value="${oauth.code}">
      <@screen.question consent=consent failed=failed>
        <@screen.button name="cancel" label="consent.screen.deny" />
        <@screen.button name="accept" label="consent.screen.approve" />
      </@screen.question>
    </form>
  </#if>
</@layout.registrationLayout>
