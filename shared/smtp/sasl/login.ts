/**
 * Owns: LOGIN. No RFC defines it (an expired draft, draft-murchison-sasl-login): the server prompts twice, the client answers
 * with the user name and then with the password. Prompts vary, so the client counts them and reads none.
 */
import { fromUtf8, utf8 } from '../../bytes/bytes.ts'
import { credentialProblem } from './credentials.ts'
import type { ClientMechanism, ClientStep, Credentials, ServerMechanism, ServerStep } from './mechanism.ts'

export function loginClient(credentials: Credentials): ClientMechanism {
  credentialProblem('LOGIN', credentials, /\0/)
  const answers = [credentials.user, credentials.password]
  let next = 0
  return {
    name: 'LOGIN',
    start: () => null,
    step(): ClientStep {
      const answer = answers[next++]
      if (answer === undefined)
        return { type: 'fail', message: 'the server asks a third time, but LOGIN has two answers only' }
      // The user name is masked too: beside the password it is half of what an attacker needs.
      return { type: 'respond', response: { bytes: utf8(answer), secret: true } }
    },
  }
}

export function loginServer(): ServerMechanism {
  let user: string | null = null
  const step = (response: Uint8Array): ServerStep => {
    const text = fromUtf8(response)
    if (!text || text.includes('\0'))
      return {
        type: 'fail',
        message: `LOGIN: write the ${user === null ? 'user name' : 'password'} in UTF-8`,
      }
    if (user !== null)
      return { type: 'identify', question: { kind: 'password', mechanism: 'LOGIN', user, password: text } }
    user = text
    return { type: 'challenge', bytes: utf8('Password:') }
  }
  return {
    name: 'LOGIN',
    // Some clients send the user name with AUTH already.
    start: (initial) => (initial === null ? { type: 'challenge', bytes: utf8('Username:') } : step(initial)),
    step,
  }
}
