/** Owns: HTML that tries all it can to run, to fetch and to lead away; `{to}` is where everything leads. */

export const hostileHtml = (to: string): string => `<!doctype html><html><head>
<base href="${to}/base/"><meta http-equiv="refresh" content="0;url=${to}/refresh">
<meta http-equiv="Content-Security-Policy" content="default-src *; report-uri ${to}/csp">
<link rel="stylesheet" href="${to}/sheet.css"><link rel="preconnect" href="${to}"><link rel="dns-prefetch" href="${to}">
<link rel="prefetch" href="${to}/prefetch"><link rel="icon" href="${to}/icon"><link rel="manifest" href="${to}/manifest">
<style>@import url("${to}/import.css"); @font-face{font-family:x;src:url("${to}/font.woff2")} body{font-family:x;background:url("${to}/background")} p::after{content:url("${to}/content")} li{list-style-image:url("${to}/list")} div{cursor:url("${to}/cursor"),auto} h2{mask-image:url("${to}/mask");filter:url("${to}/filter#f")}</style>
<script>console.log('ran: inline');fetch('${to}/fetch');new Image().src='${to}/script-image'</script>
<script src="${to}/script.js"></script><title>Trap</title></head>
<body background="${to}/body" onload="console.log('ran: onload');location='${to}/onload'">
<h1>Your account</h1><h2>Trap</h2><p onclick="console.log('ran: onclick')" onmouseover="console.log('ran: over')">Please <a id="away" href="${to}/link" ping="${to}/ping">sign in</a> <a href="javascript:console.log('ran: href')">here</a> <a target="_top" href="${to}/top">or here</a></p>
<img src="${to}/picture.png" width="80" height="80" alt="A lamp"><img src="${to}/pixel.gif" width="1" height="1"><img src="x" onerror="console.log('ran: onerror')"><img srcset="${to}/srcset 1x">
<picture><source srcset="${to}/source"><img src="${to}/pictured"></picture>
<svg onload="console.log('ran: svg')" width="9" height="9"><script>console.log('ran: svg script')</script><image href="${to}/svg-image"/><use href="${to}/use#a"/><foreignObject><iframe src="${to}/svg-frame"></iframe></foreignObject></svg>
<form action="${to}/form" method="post"><input name="password" autofocus onfocus="console.log('ran: focus')"><input type="image" src="${to}/input-image"><button>Go</button></form>
<iframe src="${to}/frame"></iframe><iframe srcdoc="<script>console.log('ran: srcdoc')</script>"></iframe><object data="${to}/object"></object><embed src="${to}/embed">
<video poster="${to}/poster" src="${to}/video" autoplay></video><audio src="${to}/audio" autoplay></audio><track src="${to}/track">
<table background="${to}/table"><tr><td background="${to}/cell">cell</td></tr></table>
<marquee onstart="console.log('ran: marquee')">m</marquee><details open ontoggle="console.log('ran: toggle')"><summary>s</summary></details>
<math><mtext><table><mglyph><style><img src=x onerror="console.log('ran: math')"></style></mglyph></table></mtext></math>
<noscript><p title="</noscript><img src=x onerror=console.log('ran:noscript')>"></noscript>
<template><img src="${to}/template"></template><input onfocus="console.log('ran: input')" autofocus>
<frameset><frame src="${to}/frameset"></frameset></body></html>`
