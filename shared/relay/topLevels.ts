/**
 * Owns: names under which strangers register theirs, as far as a rule of a relay can open one of them as a whole: common
 * top-level domains and common second levels that registries sell below. A sample to try patterns with, not the whole list;
 * a single label counts as such a name unless it is set aside for private networks.
 */
import { domainKey } from './domainKey.ts'

const words = (text: string): string[] => text.trim().split(/\s+/)

/** Common ones; those first are tried in every way, for a pattern of letters and counts matches one of them. */
export const commonSuffixes: readonly string[] = words(`
  com org de io info co.uk net biz edu gov mil int co app dev xyz online shop site me tv cc ai name pro mobi cloud tech store
  uk fr nl it es pl ru cn jp br in au ca us ch at se no dk fi be cz pt gr tr ir kr mx ar za ua ro hu ie nz sg hk tw id vn th
  my ph il ae sa cl pe ve eu asia su
  org.uk ac.uk gov.uk me.uk com.au net.au org.au co.nz org.nz co.za com.br net.br org.br com.mx com.ar com.tr co.jp ne.jp or.jp
  co.kr co.in net.in com.cn net.cn com.hk com.sg com.tw co.id com.my com.ua co.il com.pl net.pl com.co com.ve com.pe com.ph
`)

/** Nobody registers a name there: RFC 2606, RFC 6761, RFC 6762 §G, RFC 8375, and what private networks use in practice. */
const setAside = new Set(
  words(`
  example invalid test localhost local onion alt internal intranet private corp home lan arpa intra lab localdomain office priv
`),
)

const known = new Set(commonSuffixes)

/** Whether strangers register names right below this one. */
export function isRegistry(name: string): boolean {
  const key = domainKey(name)
  return (
    known.has(key) || (key !== '' && !/[.*\d]/.test(key.replace(/^xn--[^.]*/, 'a')) && !setAside.has(key))
  )
}
