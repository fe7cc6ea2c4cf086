/**
 * Owns: hostile HTML to a document that may be drawn. It is not cleaned but written anew: only known elements with known
 * attributes come out, everything else is text or gone, so that what a browser reads cannot differ from what was judged
 * here. It is the first of three walls; the others are the frame's own content policy and its sandbox (hosts/common/web/
 * mailFrame.ts), which hold even if this one has a hole. One pass, `indexOf` only: no input makes it quadratic.
 */
import { cssAddresses } from './cssAddresses.ts'
import { attributesOf, decodeEntities, escapeAttribute } from './htmlAttributes.ts'

export interface HtmlFacts {
  /** Pictures that would be fetched from elsewhere, those of its CSS too; of those, how many are too small to be seen. */
  remoteImages: number
  trackers: number
  /** Elements that were left out, by kind, in words and with their number. */
  removed: Record<string, number>
  /** What links lead to; in the drawn document they lead nowhere. */
  links: { text: string; href: string }[]
}

export interface HtmlOptions {
  /** Fetch pictures from elsewhere. */
  remote: boolean
  /** Content of a `cid:` picture as a data URL (RFC 2392), or null when the message has none. */
  inline: (contentId: string) => string | null
}

/** Characters that are read; more is cut. */
export const htmlLimit = 2 << 20
const mostLinks = 200

const keep = new Set('a abbr address article aside b bdi bdo big blockquote br caption center cite code col colgroup dd del dfn div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark nav ol p pre q s samp section small span strike strong sub sup table tbody td tfoot th thead time tr tt u ul var wbr'.split(' ')) // prettier-ignore
/** Gone with all that is in them. */
const silent = new Set('script title template noscript iframe object applet svg math textarea select xmp noembed noframes plaintext audio video canvas frameset'.split(' ')) // prettier-ignore
const words: Record<string, string> = {
  script: 'scripts', form: 'forms', input: 'form fields', button: 'form fields', textarea: 'form fields', select: 'form fields',
  iframe: 'frames', frame: 'frames', frameset: 'frames', object: 'plug-ins', embed: 'plug-ins', applet: 'plug-ins', svg: 'drawings (SVG)',
  link: 'links to style sheets', base: 'base addresses', audio: 'media', video: 'media',
} // prettier-ignore
const attributes = new Set('style class id title dir lang align valign width height bgcolor color face size border cellpadding cellspacing colspan rowspan nowrap start type value alt hspace vspace rules span scope role aria-label'.split(' ')) // prettier-ignore
const raster = /^data:image\/(?:png|gif|jpe?g|webp|bmp|avif);base64,[a-z0-9+/=\s]*$/iu
/** Stands where a picture was not fetched. */
const placeholder = `data:image/svg+xml,${encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg"><defs><pattern id="p" width="10" height="10" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="5" height="10" fill="#dde1e4"/><rect x="5" width="5" height="10" fill="#eceef0"/></pattern></defs><rect width="100%" height="100%" fill="url(#p)"/></svg>')}`

/** ASCII only, so that every offset stays what it was. */
const asciiLower = (text: string): string => text.replace(/[A-Z]+/gu, (found) => found.toLowerCase())

class Writer {
  readonly facts: HtmlFacts = { remoteImages: 0, trackers: 0, removed: {}, links: [] }
  readonly out: string[] = []
  readonly #html: string
  readonly #lower: string
  readonly #options: HtmlOptions
  #link: { text: string; href: string } | null = null

  constructor(html: string, options: HtmlOptions) {
    this.#html = html.slice(0, htmlLimit)
    this.#lower = asciiLower(this.#html)
    this.#options = options
  }

  run(): void {
    const html = this.#html
    for (let at = 0; at < html.length;) {
      const open = html.indexOf('<', at)
      this.#text(html.slice(at, open < 0 ? html.length : open))
      if (open < 0) return
      at = this.#markup(open)
    }
  }

  #text(text: string): void {
    if (text === '') return
    this.out.push(text.replaceAll('<', '&lt;').replaceAll('>', '&gt;'))
    if (this.#link && this.#link.text.length < 200) this.#link.text += decodeEntities(text)
  }

  /** Reads one tag or comment at `open`; answers where text goes on. */
  #markup(open: number): number {
    const html = this.#html
    if (html.startsWith('<!--', open)) {
      const end = html.indexOf('-->', open + 2)
      return end < 0 ? html.length : end + 3
    }
    const found = /^<(\/?)([a-z][a-z0-9-]{0,30})/u.exec(this.#lower.slice(open, open + 34))
    if (found === null) {
      if (!/[!/?]/u.test(html[open + 1] ?? '')) {
        this.#text('<')
        return open + 1
      }
      const end = html.indexOf('>', open)
      return end < 0 ? html.length : end + 1
    }
    const [whole, slash, name] = found
    const tag = attributesOf(html, open + whole.length)
    if (slash === '/') this.#close(name!)
    else if (name === 'style') return this.#style(tag.end)
    else if (silent.has(name!)) return this.#silence(name!, tag.end)
    else this.#open(name!, tag.attributes)
    return tag.end
  }

  #close(name: string): void {
    if (name === 'a' && this.#link) {
      if (this.facts.links.length < mostLinks) this.facts.links.push(this.#link)
      this.#link = null
    }
    if (name === 'body') this.out.push('</div>')
    else if (keep.has(name)) this.out.push(`</${name}>`)
  }

  #count(name: string): void {
    const kind = words[name]
    if (kind !== undefined) this.#add(kind, 1)
  }

  #add(kind: string, count: number): void {
    if (count > 0) this.facts.removed[kind] = (this.facts.removed[kind] ?? 0) + count
  }

  #silence(name: string, from: number): number {
    this.#count(name)
    const close = this.#lower.indexOf(`</${name}`, from)
    return close < 0 ? this.#html.length : attributesOf(this.#html, close + name.length + 2).end
  }

  /** CSS stays; it cannot end its element, because it has no `<` any more, and the policy stops whatever it would fetch. */
  #style(from: number): number {
    const close = this.#lower.indexOf('</style', from)
    const css = this.#html.slice(from, close < 0 ? this.#html.length : close)
    this.#css(css)
    this.out.push(`<style>${css.replaceAll('<', '\\3c ')}</style>`)
    return close < 0 ? this.#html.length : attributesOf(this.#html, close + 7).end
  }

  /** What it would fetch is counted; the frame's policy lets pictures in when they were asked for, and nothing else ever. */
  #css(css: string): void {
    const { images, fonts, sheets } = cssAddresses(css)
    this.facts.remoteImages += images
    this.#add('remote fonts', fonts)
    this.#add('links to style sheets', sheets)
  }

  #open(name: string, given: Map<string, string>): void {
    if (name === 'meta' && /refresh/iu.test(given.get('http-equiv') ?? '')) {
      this.#add('automatic redirections', 1)
    }
    const element = name === 'body' ? 'div' : name
    if (!keep.has(element)) return this.#count(name)
    const style = given.get('style')
    if (style !== undefined) this.#css(style)
    let text = `<${element}`
    for (const [attribute, value] of given)
      if (attributes.has(attribute)) text += ` ${attribute}="${escapeAttribute(value)}"`
    if (name === 'a') text += this.#anchor(given.get('href'))
    if (name === 'img') {
      const source = this.#picture(given)
      if (source === null) return
      text += source
    }
    const background = given.get('background')
    if (background !== undefined) text += this.#background(background)
    this.out.push(`${text}>`)
  }

  /** No address comes out: a click in the frame leads nowhere. Where it would lead is told beside it. */
  #anchor(href: string | undefined): string {
    const target = href?.trim() ?? ''
    if (!/^(?:https?|mailto|tel):/iu.test(target)) return ''
    this.#link = { text: '', href: target.slice(0, 2000) }
    return ` data-link title="${escapeAttribute(target.slice(0, 2000))}"`
  }

  #picture(given: Map<string, string>): string | null {
    const source = (given.get('src') ?? '').trim()
    if (/^cid:/iu.test(source)) {
      const inline = this.#options.inline(decodeId(source.slice(4)))
      return ` src="${inline ?? placeholder}"`
    }
    if (raster.test(source)) return ` src="${escapeAttribute(source)}"`
    const remote = remoteAddress(source)
    if (remote === null) return null
    this.facts.remoteImages++
    const tracker = isTiny(given)
    if (tracker) this.facts.trackers++
    if (this.#options.remote) return ` src="${escapeAttribute(remote)}" referrerpolicy="no-referrer"`
    return tracker ? null : ` src="${placeholder}"`
  }

  #background(value: string): string {
    const remote = remoteAddress(value.trim())
    if (remote === null) return ''
    this.facts.remoteImages++
    return this.#options.remote ? ` background="${escapeAttribute(remote)}"` : ''
  }
}

function decodeId(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function remoteAddress(source: string): string | null {
  const whole = source.startsWith('//') ? `https:${source}` : source
  return /^https?:\/\//iu.test(whole) && whole.length < 4000 ? whole : null
}

/** A picture of one pixel, or a hidden one, is there to be counted. */
function isTiny(given: Map<string, string>): boolean {
  const style = (given.get('style') ?? '').slice(0, 1000)
  const small = (name: string) =>
    /^\s*[01](?:px)?\s*$/u.test(given.get(name) ?? '') || new RegExp(`(?:^|[;\\s])(?:max-)?${name}\\s*:\\s*[01](?:px)?\\s*(?:;|!|$)`, 'iu').test(style) // prettier-ignore
  return small('width') || small('height') || /display\s*:\s*none/iu.test(style)
}

const ground =
  'html{background:#fff;color:#17191c}body{margin:0;padding:24px;font:14px/1.5 system-ui,sans-serif;overflow-wrap:break-word}img{max-width:100%}[data-link]{color:#00619a;text-decoration:underline;cursor:help}'

/** A whole document; pictures from elsewhere only with `remote`, and even then nothing else from elsewhere. */
export function safeHtml(html: string, options: HtmlOptions): { document: string; facts: HtmlFacts } {
  const writer = new Writer(html, options)
  writer.run()
  const head = `<meta charset="utf-8"><meta name="referrer" content="no-referrer"><title>Message</title><style>${ground}</style>`
  const body = writer.out.join('')
  return {
    document: `<!doctype html><html lang="und"><head>${head}</head><body>${body}</body></html>`,
    facts: writer.facts,
  }
}
