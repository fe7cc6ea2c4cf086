/**
 * Owns: message content on its way in, by DATA (RFC 5321 §4.1.1.4) and BDAT (RFC 3030 §2). Only CRLF.CRLF ends data; bare
 * line ends refuse the message, or are kept and noted, and never end it (CVE-2023-51764 and others). What is over the limit is read to its end
 * and thrown away, up to a bound, so that the client can be told.
 */
import { DotDecoder } from '../../grammar/dotDecoder.ts'
import type { LineEndReport } from '../../grammar/lineEnds.ts'
import type { Answer } from '../types.ts'
import { ended, type ServerCore } from './core.ts'
import type { Encoded, Word } from './words.ts'

/** Octets thrown away in one message before the connection is cut: the limit again, or this, whichever is more. */
const leastDiscard = 64 * 1024 * 1024

export function onData(core: ServerCore): void {
  const { transaction } = core
  core.unplaced = true
  if (transaction === null) return core.say(core.hello === null ? 'helloFirst' : 'noMail', 'data', 'data')
  if (core.state === 'chunks' || transaction.body === 'BINARYMIME')
    return core.say('bdatOnly', 'data', 'data')
  if (transaction.to.length === 0) return core.say('noRecipient', 'data', 'data')
  core.chunkLeft = 0
  askForPlace(core)
}

function askForPlace(core: ServerCore): void {
  const { from, to } = core.transaction!
  core.ask({ kind: 'content', from, to: to.map(({ address }) => address) })
}

/** The place for content is open, or refused. For BDAT the octets follow at once, whatever the answer. */
export function onPlaceAnswer(core: ServerCore, answer: Answer): void {
  if (core.state === 'chunk') {
    if (answer.accept) return chunkDone(core)
    core.chunkThrown = core.encode(answer.reply)
    return chunkDone(core)
  }
  core.unplaced = !answer.accept
  if (answer.reply) return core.sayReply(answer.reply, 'data', 'data')
  core.say('goAhead', 'data', 'data')
}

/** The client was told to go ahead. Without a place for it the content is read all the same, or it would be taken for commands. */
export function beginData(core: ServerCore): void {
  core.decoder = new DotDecoder()
  core.discarded = 0
  core.move(core.unplaced ? 'data-unplaced' : 'data')
}

/** States `data` and `discard`. */
export function takeData(core: ServerCore, wire: Uint8Array): void {
  const decoder = core.decoder!
  const { content, ended: over, rest } = decoder.push(wire)
  const limit = core.limits.messageSize
  const tooBig = limit > 0 && decoder.size > limit
  if (core.transaction) core.transaction.size = decoder.size
  if (tooBig && core.state === 'data') core.move('too-big')
  if (core.state === 'data') for (const bytes of content) core.out.push({ type: 'content', bytes })
  else core.discarded = decoder.size - limit
  if (over) {
    core.reader.push(rest)
    return endOfData(core, decoder)
  }
  if (core.discarded > Math.max(limit, leastDiscard)) tooMuch(core)
}

function tooMuch(core: ServerCore): void {
  core.outcome ??= ended(
    'refused',
    'server',
    'The client sent far more than the size limit; the connection was cut.',
  )
  core.move('refused')
  core.reset()
  core.say('tooBig', 'body', 'close')
}

function endOfData(core: ServerCore, decoder: DotDecoder): void {
  const { report, size } = decoder
  core.decoder = null
  if (core.unplaced) return refuseContent(core, 'noPlace')
  if (core.state === 'discard') {
    core.finding(
      'size-exceeded',
      'body',
      `The content has ${size} octets; the limit is ${core.limits.messageSize}.`,
    )
    return refuseContent(core, 'tooBig')
  }
  if (report.smugglings > 0) {
    const forms = [...new Set(report.smuggling.map(({ form }) => form))].join(', ')
    core.finding(
      'smuggling-possible',
      'body',
      `The content holds ${forms}, which some servers take for the end of data.`,
    )
  }
  if (bareLineEnds(core, report)) return core.say('bareNewline', 'body', 'content')
  if (longLine(core, decoder.longestLine)) return core.say('textTooLong', 'body', 'content')
  core.move('end-of-data')
  core.ask({ kind: 'commit', size })
}

/** True when the message is to be refused for them. */
function bareLineEnds(core: ServerCore, { bareLf, bareCr }: LineEndReport): boolean {
  if (bareLf === 0 && bareCr === 0) return false
  const found = [...(bareLf > 0 ? [`${bareLf} bare LF`] : []), ...(bareCr > 0 ? [`${bareCr} bare CR`] : [])]
  const counts = `The content holds ${found.join(' and ')}`
  if (core.options.bareLineEnds !== 'keep') {
    core.finding('bare-newline-rejected', 'body', `${counts}; every line has to end in CRLF.`)
    return true
  }
  core.finding(
    'syntax-tolerated',
    'body',
    `${counts}; they are kept as they are, as this listener is set to.`,
    {
      next: 'Other servers may refuse the message: end every line in CRLF.',
      references: ['RFC 5321 §2.3.8'],
    },
  )
  return false
}

function longLine(core: ServerCore, longest: number): boolean {
  const { textLine } = core.limits
  if (textLine === 0 || longest <= textLine) return false
  const [found, most] = [longest, textLine].map((octets) => octets.toLocaleString('en-US'))
  core.finding('line-too-long', 'body', `A line of the content has ${found} octets; the limit is ${most}.`, {
    next: 'Encode the content (quoted-printable or base64), so that no line is longer than 998 octets and its CRLF.',
    references: ['RFC 5321 §4.5.3.1.6', 'RFC 5322 §2.1.1'],
  })
  return true
}

function refuseContent(core: ServerCore, word: 'tooBig' | 'noPlace'): void {
  dropContent(core)
  core.say(word, 'body')
}

/** The transaction is over and nothing of it is kept. */
function dropContent(core: ServerCore): void {
  core.move(core.hello === null ? 'refused-early' : 'refused')
  core.reset()
}

/** Content that is whole was refused for its line ends; a person may have taken it all the same. */
export function afterRefusal(core: ServerCore, taken: boolean): void {
  if (!taken) return dropContent(core)
  const { size } = core.transaction!
  core.move('end-of-data')
  core.ask({ kind: 'commit', size, said: true })
}

export function onCommitAnswer(core: ServerCore, answer: Answer, said: boolean): void {
  core.move('answered')
  core.reset()
  // The client has its answer already; whether it was true is known only now.
  if (said) core.accepted += answer.accept ? 1 : 0
  else if (answer.reply) core.sayReply(answer.reply, 'body', answer.accept ? 'commit' : 'go-on')
  else core.say('committed', 'body', 'commit')
}

/** A chunk that the client was told is refused leaves a hole: the transaction is over (RFC 3030 §2). */
export function afterChunk(core: ServerCore, taken: boolean): void {
  if (taken || core.state !== 'chunks') return
  core.reset()
  core.move('reset')
}

/** A size that cannot be read leaves open where the next command begins: go no further (command injection). */
export function onBdatProblem(core: ServerCore): void {
  core.outcome ??= ended('refused', 'server', 'The size of a BDAT chunk could not be read.')
  core.say('bdatSize', 'body', 'close')
}

/** RFC 3030 §2: the octets come whatever the reply, so they are read even when the command is refused, with `word` or by itself. */
export function onBdat(core: ServerCore, size: number, last: boolean, word: Word | null = null): void {
  core.chunkLeft = size
  core.chunkLast = last
  core.chunkThrown = word === null ? bdatRefusal(core, size) : core.words(word)
  const limit = core.limits.messageSize
  if (core.chunkThrown && size > Math.max(limit, leastDiscard)) {
    core.outcome ??= ended(
      'refused',
      'server',
      'A BDAT chunk is far over the size limit; the connection was cut.',
    )
    core.chunkLeft = 0
    return core.say('tooBig', 'body', 'close')
  }
  if (core.chunkThrown) return chunkDone(core)
  const first = core.state === 'addressed'
  core.move('bdat')
  if (first) return askForPlace(core)
  chunkDone(core)
}

function bdatRefusal(core: ServerCore, size: number): Encoded | null {
  const { transaction, words, limits } = core
  if (!core.options.extensions.includes('CHUNKING')) return words('notOffered')
  if (transaction === null) return core.hello === null ? words('helloFirst') : words('noMail')
  if (transaction.to.length === 0) return words('noRecipient')
  if (limits.messageSize > 0 && transaction.size + size > limits.messageSize) return words('tooBig')
  return null
}

/** Octets of a chunk. Returns what comes after it. */
export function takeChunk(core: ServerCore, wire: Uint8Array): void {
  const bytes = wire.subarray(0, Math.min(core.chunkLeft, wire.length))
  core.chunkLeft -= bytes.length
  if (bytes.length < wire.length) core.reader.push(wire.subarray(bytes.length))
  if (core.chunkThrown === null && bytes.length > 0) {
    core.transaction!.size += bytes.length
    core.out.push({ type: 'content', bytes })
  }
  chunkDone(core)
}

function chunkDone(core: ServerCore): void {
  if (core.chunkLeft > 0) return
  const thrown = core.chunkThrown
  core.chunkThrown = null
  if (thrown) {
    // A message with a hole must not be committed: the transaction is over (RFC 3030 §2).
    if (core.state === 'chunk') core.move('chunk')
    // Where no chunk is ever taken there is no hole: DATA may still follow, as behind any command that is not known.
    if (core.transaction && core.options.extensions.includes('CHUNKING')) {
      core.reset()
      core.move('reset')
    }
    return core.reply(thrown, 'body')
  }
  if (core.chunkLast) {
    core.move('last-chunk')
    return core.ask({ kind: 'commit', size: core.transaction!.size })
  }
  core.move('chunk')
  core.say('chunk', 'body', 'chunk')
}
