/** Owns: running a scan against a scripted server, every question answered at once and in order. */
import { clientHello } from '#shared/tls/clientHello.ts'
import { TlsScanner, type Question } from '#shared/tls/scan/scan.ts'
import type { Answer, Chain, TlsFacts } from '#shared/tls/scan/types.ts'
import { ServerAnswerReader } from '#shared/tls/serverAnswer.ts'
import { answerHello, type TlsScript } from './scriptedTls.ts'

const random = new Uint8Array(32).fill(9)

/** The answer of the scripted server to one question. */
export function answerOf(script: TlsScript, { ask }: Pick<Question, 'ask'>): Answer {
  const reader = new ServerAnswerReader({ wholeFlight: true })
  return reader.push(answerHello(script, clientHello({ ...ask, random }))) ?? { kind: 'closed' }
}

/** `answer` may stand in for the server; at most 2000 questions. */
export function runScan(
  script: TlsScript,
  options: { serverName?: string | undefined; answer?: (question: Question, count: number) => Answer } = {},
): TlsFacts {
  const scanner = new TlsScanner({ serverName: 'serverName' in options ? options.serverName : 'mx.example' })
  for (let count = 0; count < 2000; count++) {
    const question = scanner.take()
    if (!question) return scanner.facts()
    scanner.give(question, options.answer?.(question, count) ?? answerOf(script, question))
  }
  throw new Error('the scan does not end')
}

/** Runs one chain to its end; answers how many questions it had. */
export function runChain(chain: Chain, answer: (count: number) => Answer, script?: TlsScript): number {
  for (let count = 0; count < 500; count++) {
    const ask = chain.ask()
    if (!ask) return count
    chain.answer(script ? answerOf(script, { ask }) : answer(count))
  }
  throw new Error('the chain does not end')
}
