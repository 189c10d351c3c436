<#--
  The bank's name and colours, from theme.properties. template.ftl of keycloak.v2 has no place for them, and is not copied
  for it: the styles go out with the favicon, by the macro that template.ftl calls for it.
-->
<#import "theme-resources.ftl" as tags>

<#if properties.bankName?has_content>
  <#if title! == msg("loginTitle", realm.displayName!)>
    <#global title = msg("loginTitle", properties.bankName)>
  </#if>
  <#global realm = realm + {"displayName": properties.bankName, "displayNameHtml": properties.bankName}>
</#if>

<#assign favicons = tags.renderFavicons>
<#macro faviconsAndStyles resources pathPrefix>
  <@favicons resources pathPrefix />
  <style>
    <#outputformat "CSS">
    :root {<@tokens suffix="" />}
    .${properties.kcDarkModeClass} {<@tokens suffix="Dark" />}
    </#outputformat>
  </style>
</#macro>
<#assign renderFavicons = faviconsAndStyles in tags>

<#-- bankOnPrimaryColor is --bank-on-primary-color; a property that ends in Dark is for dark mode. -->
<#macro tokens suffix>
  <#list properties?keys?filter(key -> key?matches("bank\\w+(Color|Width|Height)" + suffix))?sort as key>
    --${key?remove_ending(suffix)?replace("([A-Z])", "-$1", "r")?lower_case}: ${properties[key]};
  </#list>
  <#if properties["bankLogo" + suffix]?has_content>
    --bank-logo: url("${url.resourcesPath}/${properties["bankLogo" + suffix]}");
  </#if>
</#macro>
