/** Owns: in words what was held back of a message's HTML, and whether a link says another place than it leads to. */
import type { MessageView } from '#shared/rpc/contract/inbox.ts'

const count = (n: number, what: string) => `${n} ${what}${n === 1 ? '' : 's'}`

function trackerWords(remoteImages: number, trackers: number): string {
  if (trackers === 0) return ''
  const tiny = trackers === 1 ? 'a 1 by 1 tracker' : '1 by 1 trackers'
  if (trackers === remoteImages) return trackers === 1 ? `, ${tiny}` : `, all of them ${tiny}`
  return `, ${trackers === 1 ? 'one' : trackers} of them ${tiny}`
}

/** A few sentences. */
export function heldBackWords(
  { remoteImages, trackers, removed, cut }: MessageView,
  remote: boolean,
): string {
  const sentences = ['Scripts never run here.']
  if (remoteImages > 0) {
    const was = remoteImages === 1 ? 'was' : 'were'
    const done = remote ? `${was} asked for this once` : `${was} not loaded`
    sentences.push(`${count(remoteImages, 'remote image')} ${done}${trackerWords(remoteImages, trackers)}.`)
  }
  if (removed.length > 0)
    sentences.push(`Left out: ${removed.map((one) => `${one.kind} (${one.count})`).join(', ')}.`)
  if (cut !== undefined) sentences.push(cut)
  return sentences.join(' ')
}

const hostOf = (address: string): string | null => {
  const found = /^(?:https?:\/\/)?([a-z0-9.-]+\.[a-z]{2,})(?:[/:?#]|$)/iu.exec(address.trim())
  return found === null ? null : found[1]!.toLowerCase()
}

/** A text that is an address of another host than the link's own: the oldest trick of phishing. */
export function linkSuspicion({ text, href }: MessageView['links'][number]): string | null {
  const said = hostOf(text)
  const real = /^https?:/iu.test(href) ? hostOf(href) : null
  if (said === null || real === null || said === real || `www.${said}` === real || said === `www.${real}`)
    return null
  return `says ${said}, leads to ${real}`
}
