/**
 * Owns: the different things that were found in a session, and what stands for each: the same thing has the same
 * stand-in everywhere, whatever its case or spelling.
 *
 * First everything is collected (`address`, `person`, `host`, ...), then `phrases` gives what is to be replaced. What is a
 * stand-in already stays, and its number is given to nothing else: what was redacted once redacts to itself. A name
 * below another one keeps its place there (`mx.a.com` and `a.com` become `host1.domain1.example` and `domain1.example`), so
 * that a certificate for `*.a.com` still fits, or still does not.
 */
import { CannotRedact } from './cannotRedact.ts'
import { canonicalIp, ipFamily, isCommonIp, standInIpv4, standInIpv6 } from './ip.ts'
import { type Kind, type Numbered, Numbers } from './numbers.ts'
import { Phrases } from './phrases.ts'
import { standInIn } from './standIns.ts'
import type { Redaction } from './types.ts'
import { isCommonAddress, isCommonHost, isCommonWord, isRole } from './wellKnown.ts'

const mostThings = 100_000
/** Labels of a stand-in below one another. */
const deepest = 4

interface Named {
  id: Numbered
  word: 'host' | 'domain'
}
interface Person {
  id: Numbered
  local: string
  domain: string
}

export class Things {
  readonly #choice: Redaction
  /** Lower case -> what it is. */
  readonly #people = new Map<string, Person>()
  /** Message-IDs: shaped as an address, but of a host. */
  readonly #ids = new Map<string, { id: Numbered; domain: string }>()
  readonly #displayNames = new Map<string, Numbered>()
  readonly #names = new Map<string, Named>()
  /** Other ways in which a text writes an address, -> its key and what stands for the `@`. */
  readonly #encoded = new Map<string, { key: string; at: string }>()
  /** `contoso` of `mx.contoso.com` -> that name. */
  readonly #labels = new Map<string, string>()
  readonly #ips = new Map<string, { id: Numbered; family: 4 | 6 }>()
  readonly #words = new Map<string, Numbered>()
  readonly #wordParts = new Map<string, Numbered>()
  readonly #prints = new Map<string, Numbered>()
  /** Spelling of an IP address -> the one that it is known by. */
  readonly #spellings = new Map<string, string>()
  readonly #loose = new Map<string, Numbered>()
  readonly #numbers = new Numbers()

  constructor(choice: Redaction) {
    this.#choice = choice
  }

  /** How many different things are replaced. */
  get counts(): { addresses: number; names: number } {
    const { all, people } = this.#numbers
    return { addresses: this.#choice.addresses ? people : 0, names: this.#choice.names ? all - people : 0 }
  }

  /** A mailbox. Its local part is replaced where it stands alone too, as in `User alice unknown`. */
  address(local: string, domain: string, at = '@'): void {
    const key = `${local}@${domain}`.toLowerCase()
    if (at !== '@') this.#encoded.set(`${local}${at}${domain}`.toLowerCase(), { key, at })
    if (this.#people.has(key) || this.#ids.has(key) || isCommonAddress(key) || this.#stays(key)) return
    const id = this.#new('person')
    this.#people.set(key, { id, local, domain })
    this.site(domain.replace(/^\[(?:IPv6:)?|\]$/gi, ''), 'domain')
    const bare = local.replace(/^"|"$/g, '')
    if (isRole(bare.toLowerCase())) return
    this.#looseWord(bare, id)
    this.#looseWord(bare.replace(/\+.*$/s, ''), id)
    // `ann.lee@` is Ann Lee in a reply.
    for (const part of bare.split(/[^\p{L}\p{M}']+/u).slice(0, 10)) this.#looseWord(part, id)
  }

  /** A host name or a domain in a place where one belongs. Its owner's name is in it, and may stand alone: `Contoso Mail`. */
  site(text: string, word: Named['word'] = 'host'): void {
    this.host(text, word)
    const name = text.toLowerCase().replace(/\.$/, '')
    const labels = name.split('.')
    const label = labels.slice(-3, -1).findLast((each) => each.length > 3)
    if (label === undefined || !this.#names.has(name)) return
    if (!isCommonWord(label) && !/^\d+$/.test(label) && !this.#labels.has(label) && !this.#stays(label))
      this.#labels.set(label, name)
  }

  /** A Message-ID; collect it before `address` sees it. */
  id(local: string, domain: string): void {
    const key = `${local}@${domain}`.toLowerCase()
    if (this.#ids.has(key) || this.#stays(key)) return
    this.#ids.set(key, { id: this.#new('id'), domain })
    this.host(domain.replace(/^\[(?:IPv6:)?|\]$/gi, ''))
  }

  /** A display name or a user name; `of` is the address it stands at, whose number it shares. */
  person(name: string, of?: string): void {
    const key = name.trim().toLowerCase()
    if (!/[\p{L}\p{N}]/u.test(key) || isCommonWord(key) || this.#displayNames.has(key) || this.#stays(key)) return
    const id = (of === undefined ? undefined : this.#people.get(of.toLowerCase())?.id) ?? this.#new('person')
    this.#displayNames.set(key, id)
    for (const word of name.split(/[^\p{L}\p{N}\p{M}'-]+/u).slice(0, 20)) this.#looseWord(word, id)
  } // prettier-ignore

  /** A user name alone; tell of it when all addresses are known, so that `ann` is who `ann@` is. */
  user(name: string): void {
    const key = name.toLowerCase()
    if (this.#loose.has(key) || this.#displayNames.has(key) || isCommonWord(key) || this.#stays(key)) return
    const parts = key.split(/[^\p{L}\p{M}']+/u).slice(0, 10)
    const id = this.#loose.get(parts.at(-1) ?? '') ?? this.#new('person')
    this.#looseWord(key, id)
    for (const part of parts) this.#looseWord(part, id)
  }

  /** A host name, a domain or an IP address in a place where one belongs; a single label counts. */
  host(text: string, word: Named['word'] = 'host'): void {
    const name = text.toLowerCase().replace(/\.$/, '')
    if (ipFamily(name) !== null) return this.#ip(name)
    if (name === '' || this.#names.has(name) || isCommonHost(name) || this.#stays(name)) return
    this.#names.set(name, { id: this.#new(word), word })
  }

  /** A value of a certificate: an organization, a place. */
  word(text: string): void {
    const key = text.trim().toLowerCase()
    if (key === '' || this.#words.has(key) || this.#stays(key)) return
    const id = this.#new('word')
    this.#words.set(key, id)
    // An organization's name in a greeting is rarely written out.
    for (const part of key.split(/[^\p{L}\p{N}\p{M}-]+/u).slice(0, 10))
      if (part.length > 3 && !this.#wordParts.has(part)) this.#wordParts.set(part, id)
  }

  /** A serial number or a fingerprint: public logs tell whose it is. The stand-in has the same form. */
  print(text: string): void {
    if (text === '' || this.#prints.has(text) || this.#numbers.isPrint(text)) return
    this.#prints.set(text, this.#new('print'))
  }

  /** What stands for a certificate's value; itself where it stays. */
  standInOfWord(text: string): string {
    const id = this.#words.get(text.trim().toLowerCase())
    return id === undefined || !this.#choice.names ? text : `Name ${id.number}`
  }
  standInOfPrint(text: string): string {
    const id = this.#prints.get(text)
    return id === undefined || !this.#choice.names ? text : standInOfPrint(text, id)
  }

  /** Everything that is to be replaced. Call when all is collected. */
  phrases(): Phrases {
    const phrases = new Phrases()
    const { addresses, names } = this.#choice
    this.#numbers.give()
    for (const [key, { id, local, domain }] of this.#people)
      this.#add(phrases, key, addresses ? this.#standInOfAddress(id, local, domain) : `${local}@${domain}`)
    for (const [key, { id, domain }] of this.#ids)
      if (names || addresses) this.#add(phrases, key, `id${id.number}@${names ? this.#standInOfDomain(domain) : domain}`)
    for (const [spelling, { key, at }] of this.#encoded) {
      const person = this.#people.get(key)
      if (person === undefined) continue
      const { id, local, domain } = person
      const whole = addresses ? this.#standInOfAddress(id, local, domain) : `${local}@${domain}`
      this.#add(phrases, spelling, whole.replace('@', at))
    }
    if (addresses) {
      for (const [key, { number }] of this.#displayNames) this.#add(phrases, key, `Person ${number}`)
      for (const [key, { number }] of this.#loose) this.#add(phrases, key, `person${number}`)
    }
    if (!names) return phrases
    for (const key of this.#names.keys()) this.#add(phrases, key, this.#standInOfName(key))
    for (const [label, name] of this.#labels) this.#add(phrases, label, this.#standInOfName(name).replace(/\..*$/s, ''))
    for (const [key, canonical] of this.#spellings) this.#add(phrases, key, this.#standInOfIp(canonical))
    for (const [key, id] of this.#prints) if (key.length > 7) this.#add(phrases, key, standInOfPrint(key, id))
    for (const [key, { number }] of [...this.#words, ...this.#wordParts])
      if (key.length > 3 && !isCommonWord(key) && !/^\d+$/.test(key)) this.#add(phrases, key, `Name ${number}`)
    return phrases
  } // prettier-ignore

  #add(phrases: Phrases, phrase: string, standIn: string): void {
    if (!phrases.add(phrase, standIn)) throw new CannotRedact('something in it is too long to be replaced.')
  }

  #new(kind: Kind): Numbered {
    if (this.#numbers.all >= mostThings)
      throw new CannotRedact(`it holds more than ${mostThings} different addresses and names.`)
    return this.#numbers.add(kind)
  }

  /** `text` is in lower case. */
  #stays(text: string): boolean {
    const found = standInIn(text)
    if (found !== null) this.#numbers.take(found.kind, found.number)
    return found !== null
  }

  #looseWord(word: string, id: Numbered): void {
    const key = word.toLowerCase()
    // A short number stands for many things; a reply code is one of them.
    if (isCommonWord(key) || /^\d{1,4}$/.test(key) || this.#loose.has(key) || this.#stays(key)) return
    this.#loose.set(key, id)
  }

  #ip(text: string): void {
    if (this.#spellings.has(text)) return
    const canonical = canonicalIp(text)
    if (isCommonIp(canonical) || this.#numbers.isIp(canonical)) return
    const family = canonical.includes(':') ? 6 : 4
    if (!this.#ips.has(canonical)) this.#ips.set(canonical, { id: this.#new(`ipv${family}`), family })
    this.#spellings.set(text, canonical)
  }

  #standInOfIp(canonical: string): string {
    const { id, family } = this.#ips.get(canonical)!
    const standIn = family === 6 ? standInIpv6(id.number) : standInIpv4(id.number)
    if (standIn === undefined)
      throw new CannotRedact('it holds more IPv4 addresses than there are stand-ins.')
    return standIn
  }

  #standInOfAddress({ number }: Numbered, local: string, domain: string): string {
    const role = local.toLowerCase()
    return `${isRole(role) ? role : `person${number}`}@${this.#standInOfDomain(domain)}`
  }

  #standInOfDomain(domain: string): string {
    const literal = /^\[(IPv6:)?(.*)\]$/i.exec(domain)
    const name = (literal?.[2] ?? domain).toLowerCase()
    if (ipFamily(name) === null) return this.#standInOfName(name)
    const canonical = this.#spellings.get(name)
    const ip = canonical === undefined ? name : this.#standInOfIp(canonical)
    return `[${literal?.[1] ?? ''}${ip}]`
  }

  /** Below the stand-in of the nearest name above it that the session has as well. */
  #standInOfName(name: string, depth = 1): string {
    const known = this.#names.get(name)
    if (known === undefined) return name
    const own = `${known.word}${known.id.number}`
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

function standInOfPrint(text: string, { number }: Numbered): string {
  const digits = text.replace(/[^0-9A-Fa-f]/g, '').length
  const bare = `0${number.toString(16).toUpperCase()}`
  const filled = bare.padStart(text.includes(':') && bare.length % 2 === 1 ? Math.max(digits, bare.length + 1) : digits, '0')
  return text.includes(':') ? (filled.match(/../g) ?? [filled]).join(':') : filled
} // prettier-ignore
