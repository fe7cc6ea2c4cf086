/**
 * Owns: what of a header field is structure and not text: its registered name, a media type, a parameter's name, a date. Mail
 * programs could not read the message without it, though somebody be called Jan, List or Mixed.
 */

/** RFC 5322, 2045, 2183, 5965, 8098, 8058, 2369, 2919, 3834, 6376, 8601, 8617, 7208 and what is used as widely. */
const names =
  'from|sender|reply-to|to|cc|bcc|date|subject|message-id|in-reply-to|references|comments|keywords|received|return-path|' +
  'resent-(?:date|from|sender|to|cc|bcc|message-id)|mime-version|content-(?:type|transfer-encoding|id|description|disposition|' +
  'language|location|md5|class)|list-(?:id|help|unsubscribe|unsubscribe-post|subscribe|post|owner|archive)|auto-submitted|' +
  'precedence|importance|priority|sensitivity|x-priority|x-mailer|user-agent|dkim-signature|domainkey-signature|' +
  'authentication-results|received-spf|arc-(?:seal|message-signature|authentication-results)|organization|delivered-to|' +
  'x-original-to|errors-to|disposition-notification-to|return-receipt-to|thread-(?:topic|index)|bimi-(?:selector|indicator)|' +
  'reporting-mta|final-recipient|original-recipient|action|status|remote-mta|diagnostic-code|last-attempt-date|arrival-date|' +
  'original-envelope-id|received-from-mta|will-retry-until|disposition|feedback-id|feedback-type|x-originating-ip'
const fieldStart = new RegExp(String.raw`^(?:${names})[ \t]{0,20}:`, 'i')

const types =
  /^[ \t\r\n]{0,20}(?:text\/(?:plain|html|calendar|csv|directory|(?:x-)?vcard|rfc822-headers|x-amp-html|enriched|markdown|xml)|multipart\/(?:mixed|alternative|related|signed|encrypted|report|digest|parallel|form-data|appledouble)|message\/(?:rfc822|global|delivery-status|global-delivery-status|disposition-notification|feedback-report|partial|external-body|news)|image\/(?:png|jpe?g|gif|webp|svg\+xml|bmp|tiff|heic)|audio\/(?:mpeg|wav|ogg)|video\/(?:mp4|mpeg)|application\/(?:octet-stream|pdf|zip|gzip|json|xml|rtf|msword|ics|(?:x-)?pkcs7-(?:mime|signature)|pgp-(?:encrypted|signature|keys)|vnd\.[\w.+-]{1,100}|x-[a-z-]{1,40}))(?=[\s;]|$)/i
const encodings = /^[ \t\r\n]{0,20}(?:7bit|8bit|binary|base64|quoted-printable)(?=[\s;]|$)/i
const dispositions = /^[ \t\r\n]{0,20}(?:inline|attachment|form-data)(?=[\s;]|$)/i

const parameterNames =
  /(;[ \t\r\n]{0,20}(?:charset|boundary|format|delsp|name|filename|type|start|method|protocol|micalg|report-type|smime-type|component|size|creation-date|modification-date|read-date)(?=[*=\s]))/i
const dates =
  /((?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),?[ \t]{1,4})?\b\d{1,2}[ \t]{1,4}(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[ \t]{1,4}\d{2,4}\b)/

/** The field with `change` made in what is text of it. */
export function changeFieldText(field: string, change: (text: string) => string): string {
  const start = fieldStart.exec(field)?.[0]
  if (start === undefined) return change(field)
  const rest = field.slice(start.length)
  const name = start.slice(0, -1).trim().toLowerCase()
  if (!name.startsWith('content-')) return start + outside(rest, dates, change)
  const form =
    name === 'content-type' ? types : name === 'content-transfer-encoding' ? encodings : dispositions
  const token = form.exec(rest)?.[0] ?? ''
  return start + token + outside(rest.slice(token.length), parameterNames, change)
}

/** `kept` has one group, so that every second piece is what it matches. */
const outside = (text: string, kept: RegExp, change: (text: string) => string): string =>
  text
    .split(kept)
    .map((piece, index) => (index % 2 === 1 || piece === '' ? piece : change(piece)))
    .join('')
