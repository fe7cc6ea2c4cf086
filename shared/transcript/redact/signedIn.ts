/**
 * Owns: where words name who signed in, by a user name that need not have the shape of an address: a reply to AUTH, a log,
 * a command line, a trace field. What AUTH itself carries is masked where it is born.
 */

/** Each begins with what tells, so that text without it costs one search. Group 1 is the name. */
const forms: readonly RegExp[] = [
  /\b(?:authenticated|authorized|authorised|logged[ -]?in|signed[ -]?in|login)\s{1,4}as\s{1,4}(?:user\s{1,4})?["'<]?([^\s"'<>()]{1,200})/gi,
  /\bauthenticat(?:ed|ion)[ _-](?:sender|user|username|id|identity)[:= ]\s{0,4}["'<]?([^\s"'<>()]{1,200})/gi,
  /\b(?:authentication|login|sign-in|auth)\s{1,4}(?:failed|failure|successful|succeeded|refused|denied|rejected)\s{1,4}for\s{1,4}(?:user\s{1,4})?["'<]?([^\s"'<>()]{1,200})/gi,
  // Postfix, Dovecot, Exim, and Authentication-Results (RFC 8601 §2.7.4).
  /\b(?:sasl_username|sasl_sender|smtp\.auth|smtp\.login|set_id|authenticated_id|xclient_login)=["'<]?([^\s"'<>(),;]{1,200})/gi,
  // XCLIENT and XFORWARD of Postfix; an answer of XOAUTH2 that is read from base64; Dovecot.
  /\bLOGIN=(?!\[)(\S{1,200})/gi,
  // eslint-disable-next-line no-control-regex -- the parts of XOAUTH2 are parted by U+0001
  /\buser=([^\s,\x01]{1,200})(?=\x01)/g,
  /\buser=<([^>\s]{1,200})>/g,
  // swaks, curl, msmtp and their like.
  /(?<![\w-])(?:--?(?:auth-user|au|user|username|proxy-user)|-u)[ =]{1,2}["']?([^\s:"']{1,200})/gi,
  // Replies of servers that greet who signed in: qmail's `ok, ann, go ahead`.
  /(?:^|\n)235[ -](?:2\.\d\.\d )?(?:ok|hello|welcome),? ([^\s,]{1,200})/gi,
]

/** Punctuation of the sentence around a name. */
const trimmed = (name: string): string => name.replace(/^[^\p{L}\p{N}_]+|[^\p{L}\p{N}\p{M}_$]+$/gu, '')

/** Names of who signed in, as they stand in the text. Addresses are among them. */
export const signedInNames = (text: string): string[] =>
  forms
    .flatMap((form) => Array.from(text.matchAll(form), ([, name = '']) => trimmed(name)))
    .filter((name) => name !== '')
