/**
 * Owns: what a client that signs in is answered from a recorded exchange. The challenges are the recorded ones as long as
 * it asks for the same mechanism and none of them is masked; else they are made anew, so that the client says its part,
 * and the recorded last reply follows; one that commits to nothing where the recorded client left before it. A challenge meant for another mechanism would leave both ends out of step.
 */
import { toBase64, utf8 } from '../../../bytes/bytes.ts'
import { isScram, mechanismName } from '../../sasl/mechanisms.ts'
import { sensibleReply } from './match.ts'
import type { Exchange, RecordedReply } from './types.ts'

/** What the client said behind AUTH. */
export interface SignIn {
  /** Lower case. */
  mechanism: string
  /** With its first response (RFC 4954 §4). */
  initial: boolean
}

export interface SignInAnswer {
  replies: RecordedReply[]
  /** Why it is another than the recorded one, as a sentence. */
  differs?: string
  /** It says nothing of what was recorded: the client may try another mechanism. */
  unspent?: true
}

const own = (code: number, text: string): RecordedReply => ({
  bytes: utf8(`${code} ${text}\r\n`),
  code,
  wait: 0,
})
const challenge = (text: string): RecordedReply => own(334, toBase64(utf8(text)))

export function answerSignIn(recorded: Exchange, signIn: SignIn): SignInAnswer {
  const { replies, cut } = recorded
  const open = cut === undefined && replies.every(({ code }) => code === 334)
  return answer(open ? { ...recorded, replies: [...replies, sensibleReply('AUTH')] } : recorded, signIn, open)
}

/** `open`: its last reply is none of the recorded ones. */
function answer(exchange: Exchange, { mechanism, initial }: SignIn, open: boolean): SignInAnswer {
  const { argument = mechanism, replies } = exchange
  const sayable = replies.every(({ code, masked }) => code !== 334 || masked !== true)
  if (argument === mechanism && sayable) return { replies: inStep(exchange, mechanism, initial) }
  const last = replies.findLast(({ code }) => code !== 334)
  const recorded = `the recorded AUTH ${argument.toUpperCase()}`
  const name = mechanism.toUpperCase()
  const refused = !open && last?.code !== undefined && last.code >= 400 && last.code !== 535
  // Refused before any secret was asked for: so is this one.
  if (refused) return { replies: [last], ...(argument === mechanism ? {} : { differs: `AUTH ${name} hears what ${recorded} heard.` }) } // prettier-ignore
  const known = mechanismName(mechanism)
  if (known === null || isScram(known)) {
    if (last?.code === 535) return { replies: [last] }
    const why = known === null ? 'is no known mechanism' : 'needs a server that knows the password'
    return {
      replies: [own(504, '5.5.4 This cannot be replayed; choose PLAIN or LOGIN')],
      differs: `AUTH ${name} ${why}, which a recording does not: it is answered 504. Let the client choose PLAIN or LOGIN.`,
      unspent: true,
    }
  }
  return {
    replies: [...challenges(mechanism, initial), ...(last === undefined ? [] : [last])],
    ...(argument === mechanism ? {} : { differs: `AUTH ${name} is answered in the place of ${recorded}.` }),
  }
}

/** The recorded replies, for a client that says its first response where the recorded one did not, or the other way. */
function inStep({ replies, initial: before = false }: Exchange, mechanism: string, initial: boolean): RecordedReply[] {
  // The server speaks first, and no client has a response before that (RFC 2195 §2).
  if (mechanism === 'cram-md5') return replies
  const challenged = replies[0]?.code === 334
  if (initial && !before && challenged && replies.length > 1) return replies.slice(1)
  if (initial || !before) return replies
  return [mechanism === 'login' ? userName : empty, ...replies]
} // prettier-ignore

/** One for each response that is still to come. */
function challenges(mechanism: string, initial: boolean): RecordedReply[] {
  if (mechanism === 'login') return initial ? [password] : [userName, password]
  if (mechanism === 'cram-md5') return [challenge('<replay@relayscope.invalid>')]
  return initial ? [] : [empty]
}

const empty = own(334, '')
const userName = challenge('Username:')
const password = challenge('Password:')
