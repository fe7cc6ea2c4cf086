/** Owns: a whole engine with its API for test suites switched on, and asking that by HTTP as a client would. */
import type { EnginePorts } from '#engine/ports.ts'
import { type Bench, openBench, startServer } from '../../electron/engine/handlers/support.ts'
import { createTransport } from 'nodemailer'

export interface Answer {
  status: number
  type: string
  headers: Headers
  text: string
  /** Parsed, when it is JSON of any kind. */
  json: any // oxlint-disable-line typescript/no-explicit-any -- a test says what it expects of it
}

export interface Suite extends Bench {
  base: string
  token: string
  smtp: number
  /** With the token; `path` from /api/v1 on, or a whole path. */
  ask(path: string, init?: RequestInit & { token?: string | null }): Promise<Answer>
  send(subject: string, more?: Record<string, unknown>): Promise<void>
}

export async function openSuite(about: Partial<EnginePorts> = {}): Promise<Suite> {
  const bench = await openBench(about)
  const smtp = await startServer(bench.client)
  const { status, token = '' } = await bench.client.call('suiteApi.configure', { on: true, port: 0 })
  const base = `http://127.0.0.1:${status.actualPort}`
  const transport = createTransport({ host: '127.0.0.1', port: smtp, ignoreTLS: true })
  return {
    ...bench,
    base,
    token,
    smtp,
    ask: (path, { token: given = token, ...init } = {}) => askAt(base, path, given, init),
    send: async (subject, more = {}) => {
      await transport.sendMail({
        from: 'Shop <shop@x.test>',
        to: 'ines@y.test',
        subject,
        text: 'Hello',
        ...more,
      })
    },
  }
}

export async function askAt(base: string, path: string, token: string | null, init: RequestInit = {}): Promise<Answer> {
  const headers = new Headers(init.headers)
  if (token !== null) headers.set('Authorization', `Bearer ${token}`)
  if (init.body !== undefined && !headers.has('Content-Type')) headers.set('Content-Type', 'application/json')
  const whole = path.startsWith('/api/') || path === '/openapi.json' || path.startsWith('//')
  const answer = await fetch(`${base}${whole ? path.replace(/^\/\//, '/') : `/api/v1${path}`}`, { ...init, headers })
  const text = await answer.text()
  const type = answer.headers.get('content-type') ?? ''
  return { status: answer.status, type, headers: answer.headers, text, json: /json/.test(type) ? JSON.parse(text) : null }
} // prettier-ignore
