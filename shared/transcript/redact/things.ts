/**
 * Owns: the different things that were found in a session, and what stands for each: the same thing has the same
 * stand-in everywhere, whatever its case or spelling.
 *
 * First everything is collected (`address`, `person`, `host`, ...), then `phrases` gives what is to be replaced. A name
 * below another one keeps its place there (`mx.a.com` and `a.com` become `host1.domain1.example` and `domain1.example`), so
 * that a certificate for `*.a.com` still fits, or still does not.
 */
import { CannotRedact } from './cannotRedact.ts'
import { canonicalIp, ipFamily, isCommonIp, standInIpv4, standInIpv6 } from './ip.ts'
import { Phrases } from './phrases.ts'
import type { Redaction } from './types.ts'
import { isCommonAddress, isCommonHost, isCommonWord, isRole } from './wellKnown.ts'

const mostThings = 100_000
/** Labels of a stand-in below one another. */
const deepest = 4

interface Named {
  number: number
  word: 'host' | 'domain'
}
interface Person {
  number: number
  local: string
  domain: string
}

export class Things {
  readonly #choice: Redaction
  /** Lower case -> what it is. */
  readonly #people = new Map<string, Person>()
  /** Message-IDs: shaped as an address, but of a host. */
  readonly #ids = new Map<string, { number: number; domain: string }>()
  readonly #displayNames = new Map<string, number>()
  readonly #names = new Map<string, Named>()
  /** Other ways in which a text writes an address, -> its key and what stands for the `@`. */
  readonly #encoded = new Map<string, { key: string; at: string }>()
  /** `contoso` of `mx.contoso.com` -> that name. */
  readonly #labels = new Map<string, string>()
  readonly #ips = new Map<string, string>()
  readonly #words = new Map<string, number>()
  readonly #wordParts = new Map<string, number>()
  readonly #prints = new Map<string, string>()
  /** Spelling -> stand-in, of things that have several. */
  readonly #spellings = new Map<string, string>()
  readonly #loose = new Map<string, number>()
  #numbers = { person: 0, host: 0, domain: 0, ipv4: 0, ipv6: 0, word: 0, print: 0, id: 0 }
  #size = 0

  constructor(choice: Redaction) {
    this.#choice = choice
  }

  /** How many different things are replaced. */
  get counts(): { addresses: number; names: number } {
    const { person, host, domain, ipv4, ipv6, word, print, id } = this.#numbers
    const own = host + domain + ipv4 + ipv6 + word + print + id
    return { addresses: this.#choice.addresses ? person : 0, names: this.#choice.names ? own : 0 }
  }

  /** A mailbox. Its local part is replaced where it stands alone too, as in `User alice unknown`. */
  address(local: string, domain: string, at = '@'): void {
    const key = `${local}@${domain}`.toLowerCase()
    if (at !== '@') this.#encoded.set(`${local}${at}${domain}`.toLowerCase(), { key, at })
    if (this.#people.has(key) || this.#ids.has(key) || isCommonAddress(key)) return
    this.#count()
    const number = ++this.#numbers.person
    this.#people.set(key, { number, local, domain })
    this.site(domain.replace(/^\[(?:IPv6:)?|\]$/gi, ''), 'domain')
    const bare = local.replace(/^"|"$/g, '')
    if (isRole(bare.toLowerCase())) return
    this.#looseWord(bare, number)
    this.#looseWord(bare.replace(/\+.*$/s, ''), number)
    // `ann.lee@` is Ann Lee in a reply.
    for (const part of bare.split(/[^\p{L}\p{M}']+/u).slice(0, 10)) this.#looseWord(part, number)
  }

  /** A host name or a domain in a place where one belongs. Its owner's name is in it, and may stand alone: `Contoso Mail`. */
  site(text: string, word: Named['word'] = 'host'): void {
    this.host(text, word)
    const name = text.toLowerCase().replace(/\.$/, '')
    const labels = name.split('.')
    const label = labels.slice(-3, -1).findLast((each) => each.length > 3)
    if (label === undefined || !this.#names.has(name)) return
    if (!isCommonWord(label) && !/^\d+$/.test(label) && !this.#labels.has(label))
      this.#labels.set(label, name)
  }

  /** A Message-ID; collect it before `address` sees it. */
  id(local: string, domain: string): void {
    const key = `${local}@${domain}`.toLowerCase()
    if (this.#ids.has(key)) return
    this.#count()
    this.#ids.set(key, { number: ++this.#numbers.id, domain })
    this.host(domain.replace(/^\[(?:IPv6:)?|\]$/gi, ''))
  }

  /** A display name or a user name; `of` is the address it stands at, whose number it shares. */
  person(name: string, of?: string): void {
    const key = name.trim().toLowerCase()
    if (key === '' || isCommonWord(key) || this.#displayNames.has(key)) return
    this.#count()
    const number = (of === undefined ? undefined : this.#people.get(of.toLowerCase())?.number) ?? ++this.#numbers.person
    this.#displayNames.set(key, number)
    for (const word of name.split(/[^\p{L}\p{N}\p{M}'-]+/u).slice(0, 20)) this.#looseWord(word, number)
  } // prettier-ignore

  /** A host name, a domain or an IP address in a place where one belongs; a single label counts. */
  host(text: string, word: Named['word'] = 'host'): void {
    const name = text.toLowerCase().replace(/\.$/, '')
    if (ipFamily(name) !== null) return this.#ip(name)
    if (name === '' || this.#names.has(name) || isCommonHost(name)) return
    this.#count()
    this.#names.set(name, { number: ++this.#numbers[word], word })
  }

  /** A value of a certificate: an organization, a place. */
  word(text: string): void {
    const key = text.trim().toLowerCase()
    if (key === '' || this.#words.has(key)) return
    this.#count()
    const number = ++this.#numbers.word
    this.#words.set(key, number)
    // An organization's name in a greeting is rarely written out.
    for (const part of key.split(/[^\p{L}\p{N}\p{M}-]+/u).slice(0, 10))
      if (part.length > 3 && !this.#wordParts.has(part)) this.#wordParts.set(part, number)
  }

  /** A serial number or a fingerprint: public logs tell whose it is. The stand-in has the same form. */
  print(text: string): void {
    if (text === '' || this.#prints.has(text)) return
    this.#count()
    const number = (++this.#numbers.print).toString(16).toUpperCase()
    const digits = text.replace(/[^0-9A-Fa-f]/g, '').length
    const filled = number.padStart(digits, '0')
    this.#prints.set(text, text.includes(':') ? (filled.match(/../g) ?? [filled]).join(':') : filled)
  }

  /** What stands for a certificate's value; itself where it stays. */
  standInOfWord(text: string): string {
    const number = this.#words.get(text.trim().toLowerCase())
    return number === undefined || !this.#choice.names ? text : `Name ${number}`
  }
  standInOfPrint(text: string): string {
    return this.#choice.names ? (this.#prints.get(text) ?? text) : text
  }

  /** Everything that is to be replaced. Call when all is collected. */
  phrases(): Phrases {
    const phrases = new Phrases()
    const { addresses, names } = this.#choice
    for (const [key, { number, local, domain }] of this.#people)
      this.#add(phrases, key, addresses ? this.#standInOfAddress(number, local, domain) : `${local}@${domain}`)
    for (const [key, { number, domain }] of this.#ids)
      if (names || addresses) this.#add(phrases, key, `id${number}@${names ? this.#standInOfDomain(domain) : domain}`)
    for (const [spelling, { key, at }] of this.#encoded) {
      const person = this.#people.get(key)
      if (person === undefined) continue
      const { number, local, domain } = person
      const whole = addresses ? this.#standInOfAddress(number, local, domain) : `${local}@${domain}`
      this.#add(phrases, spelling, whole.replace('@', at))
    }
    if (addresses) {
      for (const [key, number] of this.#displayNames) this.#add(phrases, key, `Person ${number}`)
      for (const [key, number] of this.#loose) this.#add(phrases, key, `person${number}`)
    }
    if (!names) return phrases
    for (const key of this.#names.keys()) this.#add(phrases, key, this.#standInOfName(key))
    for (const [label, name] of this.#labels) this.#add(phrases, label, this.#standInOfName(name).replace(/\..*$/s, ''))
    for (const [key, standIn] of this.#spellings) this.#add(phrases, key, standIn)
    for (const [key, standIn] of this.#prints) if (key.length > 7) this.#add(phrases, key, standIn)
    for (const [key, number] of [...this.#words, ...this.#wordParts])
      if (key.length > 3 && !isCommonWord(key) && !/^\d+$/.test(key)) this.#add(phrases, key, `Name ${number}`)
    return phrases
  } // prettier-ignore

  #add(phrases: Phrases, phrase: string, standIn: string): void {
    if (!phrases.add(phrase, standIn)) throw new CannotRedact('something in it is too long to be replaced.')
  }

  #count(): void {
    if (++this.#size > mostThings)
      throw new CannotRedact(`it holds more than ${mostThings} different addresses and names.`)
  }

  #looseWord(word: string, number: number): void {
    const key = word.toLowerCase()
    // A short number stands for many things; a reply code is one of them.
    if (isCommonWord(key) || /^\d{1,4}$/.test(key) || this.#loose.has(key)) return
    this.#loose.set(key, number)
  }

  #ip(text: string): void {
    if (this.#spellings.has(text)) return
    const canonical = canonicalIp(text)
    if (isCommonIp(canonical)) return
    let standIn = this.#ips.get(canonical)
    if (standIn === undefined) {
      this.#count()
      standIn = this.#freshIp(canonical.includes(':') ? 6 : 4)
      this.#ips.set(canonical, standIn)
    }
    this.#spellings.set(text, standIn)
  }

  #freshIp(family: 4 | 6): string {
    const standIn = family === 6 ? standInIpv6(++this.#numbers.ipv6) : standInIpv4(++this.#numbers.ipv4)
    if (standIn === undefined)
      throw new CannotRedact('it holds more IPv4 addresses than there are stand-ins.')
    return standIn
  }

  #standInOfAddress(number: number, local: string, domain: string): string {
    const role = local.toLowerCase()
    return `${isRole(role) ? role : `person${number}`}@${this.#standInOfDomain(domain)}`
  }

  #standInOfDomain(domain: string): string {
    const literal = /^\[(IPv6:)?(.*)\]$/i.exec(domain)
    const name = (literal?.[2] ?? domain).toLowerCase()
    if (ipFamily(name) === null) return this.#standInOfName(name)
    const ip = this.#spellings.get(name) ?? name
    return `[${literal?.[1] ?? ''}${ip}]`
  }

  /** Below the stand-in of the nearest name above it that the session has as well. */
  #standInOfName(name: string, depth = 1): string {
    const known = this.#names.get(name)
    if (known === undefined) return name
    const own = `${known.word}${known.number}`
    const above = depth < deepest ? this.#nameAbove(name) : undefined
    return `${own}.${above === undefined ? 'example' : this.#standInOfName(above, depth + 1)}`
  }

  #nameAbove(name: string): string | undefined {
    for (let dot = name.indexOf('.'); dot > 0; dot = name.indexOf('.', dot + 1)) {
      const above = name.slice(dot + 1)
      if (above.includes('.') && this.#names.has(above)) return above
    }
    return undefined
  }
}
