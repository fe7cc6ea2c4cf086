import { expect, test } from 'vitest'
import { Connection } from '#shared/rpc/connection.ts'
import { createPortPair } from '#shared/rpc/port.ts'
import type { Port } from '#shared/rpc/types.ts'
import { until } from './support.ts'

/** Timers that run when the test says so. */
function manualTimers() {
  const pauses: number[] = []
  let waiting: (() => void) | null = null
  return {
    pauses,
    fire: () => waiting?.(),
    pending: () => waiting !== null,
    timers: {
      set: (run: () => void, pause: number) => {
        pauses.push(pause)
        waiting = run
        return run
      },
      clear: () => void (waiting = null),
    },
  }
}

function watch(connect: () => Port | Promise<Port>, options: ConstructorParameters<typeof Connection>[1]) {
  const told: string[] = []
  const connection = new Connection(connect, options, {
    opened: () => told.push('opened'),
    message: (message) => told.push(`message ${String(message)}`),
    lost: (final) => told.push(final ? 'lost for good' : 'lost'),
    state: (state) => told.push(state),
  })
  return { connection, told }
}

const refuse = (): Port => {
  throw new Error('refused')
}

test('pauses grow to the longest, and start over only after the peer spoke', async () => {
  const manual = manualTimers()
  let far: Port | null = null
  let answer = false
  const connect = (): Port => {
    if (!answer) return refuse()
    const [near, other] = createPortPair()
    far = other
    return near
  }
  const { connection, told } = watch(connect, { timers: manual.timers, backoff: { first: 10, most: 40 } })
  await connection.attempt()
  for (let again = 0; again < 3; again++) {
    manual.fire()
    await until(() => manual.pauses.length === again + 2)
  }
  expect(manual.pauses).toEqual([10, 20, 40, 40])
  answer = true
  await connection.attempt()
  far!.close()
  await until(() => manual.pauses.length === 5)
  await connection.attempt()
  far!.post('hello')
  await until(() => told.includes('message hello'))
  far!.close()
  await until(() => manual.pauses.length === 6)
  expect(manual.pauses.slice(4)).toEqual([40, 10])
})

test('without timers what is lost stays lost', async () => {
  const { connection, told } = watch(refuse, {})
  await connection.attempt()
  expect(told).toEqual(['lost', 'lost for good'])
  expect(connection.final).toBe(true)
})

test('closing during an attempt closes the port that comes of it', async () => {
  const [near, far] = createPortPair()
  let closed = false
  far.onClose(() => void (closed = true))
  const { connection, told } = watch(() => Promise.resolve(near), {})
  const attempt = connection.attempt()
  connection.close()
  await attempt
  await until(() => closed)
  expect(told).toEqual([])
})

test('closing ends the pause, and a second attempt beside a first is none', async () => {
  const manual = manualTimers()
  let attempts = 0
  const connect = (): Promise<Port> => {
    attempts++
    return Promise.reject(new Error('refused'))
  }
  const { connection } = watch(connect, { timers: manual.timers })
  await Promise.all([connection.attempt(), connection.attempt()])
  expect(attempts).toBe(1)
  connection.close()
  expect(manual.pending()).toBe(false)
  await connection.attempt()
  expect(attempts).toBe(1)
})
