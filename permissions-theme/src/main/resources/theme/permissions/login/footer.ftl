<#-- template.ftl reads this file first of all; that is where the brand comes in. -->
<#import "brand.ftl" as brand>
<#macro content></#macro>
