/** Owns: measures, colours and fonts of the drawn ladder: the page's light tokens, and fonts that every system has. */

export const width = 960
/** Gutter of times, then the client's wall, the lines, the server's wall. */
export const left = 104
export const right = width - 30
export const rowHeight = 28
/** Where replies begin: a third of the way to the server, so that their codes align. */
export const replyAt = left + Math.round((right - left) * 0.33) + 10

/** Widest of the common monospaced fonts at 12.5 px; narrower ones leave a little air. */
export const wireColumn = 7.7
/** About what a letter of a text font at 12 px takes. */
export const textColumn = 6.35

const ui = `Inter, system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif`
const wire = `'JetBrains Mono', ui-monospace, 'SF Mono', Menlo, Consolas, 'DejaVu Sans Mono', 'Liberation Mono', monospace`

/** Classes are colours and fonts only: where something stands is in its attributes. */
export const style = `
text { font: 12px ${ui}; fill: #1a1c1f; font-variant-numeric: tabular-nums; unicode-bidi: isolate }
.w { font: 12.5px ${wire}; font-variant-ligatures: none; white-space: pre }
.k { font-size: 11px }
.m { font-weight: 500 } .b { font-weight: 600 } .v { font-weight: 700 }
.title { font-size: 15px; font-weight: 600 }
.t2 { fill: #46494f } .t3 { fill: #63666c }
.open { fill: #845000 } .sealed { fill: #5a34b4 } .accent { fill: #00619a }
.good { fill: #17703d } .warn { fill: #a2410a } .bad { fill: #b5231f } .neutral { fill: #1a1c1f }
.i { fill: none; stroke-width: 1.5; stroke-linecap: round; stroke-linejoin: round; stroke: #46494f }
.i.open { stroke: #845000 } .i.sealed { stroke: #5a34b4 } .i.good { stroke: #17703d }
.i.warn { stroke: #a2410a } .i.bad { stroke: #b5231f } .i.accent { stroke: #00619a } .i, .i.open, .i.sealed, .i.good, .i.warn, .i.bad, .i.accent { fill: none }
.rung { stroke: #cfcec7 } .end { fill: #63666c } .pill { fill: #ececea } .gap { fill: #ececea }
.chip { fill: #fff; stroke: #cfcec7 } .chip.accent { fill: #e3f0f8; stroke: #7db7da } .chip.sealed { fill: #f7f4fe; stroke: #8c6be0 }
.chip.good { fill: #e7f5ec; stroke: #7cc398 } .chip.warn { fill: #fdf0e7; stroke: #e59a66 } .chip.bad { fill: #fdeceb; stroke: #e58a86 }
.card { fill: #fff; stroke: #b9a3ee } .card.bad { stroke: #e58a86 }
.badge { fill: #f7f4fe } .badge.bad { fill: #fdeceb }
.inOpen { fill: #fffbf2 } .inSealed { fill: #f9f6fe } .wallOpen { stroke: #e3a63c; stroke-width: 1.5; stroke-dasharray: 4 3 }
.wallSealed { fill: #8c6be0 }
`.trim()

/** The hatch is one strip from top to bottom, as if the wall itself were hatched. */
export const definitions =
  '<pattern id="hatch" width="7" height="7" patternUnits="userSpaceOnUse">' +
  '<path d="M-1.75 1.75l3.5-3.5M0 7l7-7M5.25 8.75l3.5-3.5" stroke="#f0c675" stroke-width="2"/></pattern>' +
  '<linearGradient id="seam" x1="0" y1="0" x2="0" y2="1">' +
  '<stop offset="0" stop-color="#e3a63c"/><stop offset=".6" stop-color="#8c6be0"/></linearGradient>' +
  '<linearGradient id="seamIn" x1="0" y1="0" x2="0" y2="1">' +
  '<stop offset="0" stop-color="#fffbf2"/><stop offset="1" stop-color="#f9f6fe"/></linearGradient>'
