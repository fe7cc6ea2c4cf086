/**
 * Owns: masking known secrets in whatever is written into a transcript. The machines mask what they send themselves;
 * this is for what a hostile server echoes, what a person types into an edited line, and what an error text quotes.
 */
import { fromByteString, fromUtf8, toByteString, utf8 } from '#shared/bytes/bytes.ts'
import { maskSecrets, replaceRanges } from '#shared/smtp/grammar/mask.ts'
import { type EventBody, type MaskedRange, remarkLimit } from '#shared/transcript/event.ts'

/** `raw` with every occurrence masked, raw or in base64; ranges masked already are kept. */
function hide(raw: string, masked: readonly MaskedRange[], secrets: readonly string[]): { raw: string; masked: MaskedRange[] } {
  const shown = maskSecrets({ bytes: fromByteString(raw), masked: [...masked] }, secrets)
  return { raw: toByteString(shown.bytes), masked: shown.masked }
} // prettier-ignore

/** Fewer octets of a secret are no loss. */
const fewest = 4

/** Masks the beginning of a secret at the end of what was cut there. */
function hideCut(shown: { raw: string; masked: MaskedRange[] }, secrets: readonly string[]): typeof shown {
  const { raw, masked } = shown
  const left = (secret: string): number => {
    let length = Math.min(secret.length - 1, raw.length)
    while (length >= fewest && !raw.endsWith(secret.slice(0, length))) length--
    return length < fewest ? 0 : length
  }
  const most = Math.max(...secrets.map((secret) => left(toByteString(utf8(secret)))))
  if (most <= 0) return shown
  const range = { start: raw.length - most, end: raw.length }
  const clean = replaceRanges(fromByteString(raw), [...masked, range])
  return { raw: toByteString(clean.bytes), masked: clean.masked }
}

/** The same for a text. */
export function hideText(text: string, secrets: readonly string[]): string {
  const shown = maskSecrets(utf8(text), secrets)
  // A secret cut out of UTF-8 leaves UTF-8; if not, nothing of the text is worth the risk.
  return shown.masked.length === 0 ? text : (fromUtf8(shown.bytes) ?? '********')
}

/** Could be a word of our own sentences: a gap in one would tell it to whoever knows the sentence. */
const isOrdinary = (secret: string): boolean => secret.length < 4 || /^[A-Z]?[a-z]{3,15}$/.test(secret)

/** Where a sentence of ours begins to quote the other side: a bracket, a quotation mark, a reply code. */
const quoteBegins = /[("“]|\b[2-5]\d\d[ -]/

/** For a sentence of ours that may quote the other side: an ordinary word is hidden in the quote alone. */
export function hideInSentence(text: string, secrets: readonly string[]): string {
  const clean = hideInAdvice(text, secrets)
  const at = clean.search(quoteBegins)
  return at < 0 ? clean : clean.slice(0, at) + hideText(clean.slice(at), secrets.filter(isOrdinary))
}

/** For advice, which quotes nobody. */
export const hideInAdvice = (text: string, secrets: readonly string[]): string =>
  hideText(
    text,
    secrets.filter((secret) => !isOrdinary(secret)),
  )

/** The event without the secrets. Octets of message content (`chunk`) are kept as they are: they are the user's message. */
export function concealEvent(event: EventBody, secrets: readonly string[]): EventBody {
  const clean = (text: string): string => hideInSentence(text, secrets)
  const fault = <F extends { code: string; message: string }>(one: F): F => ({
    ...one,
    message: clean(one.message),
  })
  switch (event.kind) {
    case 'line':
    case 'reply': {
      const whole = hide(event.raw, event.masked ?? [], secrets)
      const { raw, masked } = event.cutFrom === undefined ? whole : hideCut(whole, secrets)
      const shown = { ...event, raw, ...(masked.length > 0 ? { masked } : {}) }
      if (shown.kind === 'reply' && shown.malformed !== undefined)
        shown.malformed = hideText(shown.malformed, secrets)
      return shown
    }
    case 'edit': {
      const { before, after } = event
      return {
        ...event,
        ...(before === undefined ? {} : { before: hide(before, [], secrets).raw }),
        ...(after === undefined ? {} : { after: hide(after, [], secrets).raw }),
      }
    }
    case 'finding':
      return { ...event, message: clean(event.message), next: hideInAdvice(event.next, secrets) }
    case 'end':
      return { ...event, message: clean(event.message) }
    case 'remark':
      return { ...event, text: hideText(event.text, secrets).slice(0, remarkLimit) }
    case 'resolve':
    case 'connect':
      return event.fault === undefined ? event : { ...event, fault: fault(event.fault) }
    case 'tls':
      return {
        ...event,
        ...(event.fault === undefined ? {} : { fault: fault(event.fault) }),
        ...(event.problem === undefined ? {} : { problem: fault(event.problem) }),
      }
    case 'chunk':
    case 'wait':
  }
  return event
}
