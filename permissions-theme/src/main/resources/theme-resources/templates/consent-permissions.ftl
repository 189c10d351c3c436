<#-- The screen of the required action consent-permissions. -->
<#import "template.ftl" as layout>
<#import "consent-screen.ftl" as screen>
<#assign failed = message?has_content && message.type == "error">
<#global title = screen.title(consent, failed)>
<@layout.registrationLayout displayMessage=false; section>
  <#if section = "header">
    <@screen.heading client=consent.client() />
  <#elseif section = "form">
    <form class="consent-form" action="${url.loginAction}" method="post" autocomplete="off">
      <#-- Enter in a checkbox presses the first button that is laid out. It must not be one that answers. -->
      <button class="consent-hidden" type="submit" disabled aria-hidden="true"></button>
      <@screen.question consent=consent failed=failed>
        <@screen.button name="decision" value="deny" label="consent.screen.deny" />
        <@screen.button name="decision" value="approve" label="consent.screen.approve" />
      </@screen.question>
    </form>
  </#if>
</@layout.registrationLayout>
