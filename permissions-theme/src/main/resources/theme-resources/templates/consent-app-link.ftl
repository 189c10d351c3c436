<#-- The page by which a login goes on in the bank's app: a QR code, a link, a number, and the digits that the app shows. -->
<#import "template.ftl" as layout>
<#import "consent-screen.ftl" as screen>
<#import "consent-link.ftl" as page>
<#global title = page.title(link)>
<@layout.registrationLayout displayMessage=false; section>
  <#if section = "header">
    <@screen.who client=link.client() key=page.heading(link) />
  <#elseif section = "form">
    <form class="consent-form" action="${url.loginAction}" method="post" autocomplete="off">
      <#-- Enter in a field presses a form's first button. This one only looks how the login stands. -->
      <button type="submit" hidden></button>
      <input type="hidden" name="way" value="app">
      <@page.content link=link />
    </form>
  </#if>
</@layout.registrationLayout>
