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
      <#-- The first button of a form is what Enter in a checkbox presses: an answer takes a button of its own. -->
      <button type="submit" disabled hidden></button>
      <@screen.question consent=consent failed=failed>
        <@screen.button name="decision" value="deny" label="consent.screen.deny" />
        <@screen.button name="decision" value="approve" label="consent.screen.approve" />
      </@screen.question>
    </form>
  </#if>
</@layout.registrationLayout>
