<#-- The screen of the required action consent-permissions. -->
<#import "template.ftl" as layout>
<#import "consent-screen.ftl" as screen>
<#assign failed = message?has_content && message.type == "error">
<#global title = screen.title(consent, failed)>
<@layout.registrationLayout displayMessage=false; section>
  <#if section = "header">
    <@screen.heading consent=consent />
  <#elseif section = "form">
    <form class="consent-form" action="${url.loginAction}" method="post" autocomplete="off">
      <#-- Enter in a checkbox presses a form's first button. This one answers nothing: there is no dialog to close. -->
      <button type="submit" formmethod="dialog" hidden></button>
      <@screen.question consent=consent failed=failed>
        <@screen.answers consent=consent />
      </@screen.question>
    </form>
  </#if>
</@layout.registrationLayout>
