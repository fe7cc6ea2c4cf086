import { X509Certificate } from 'node:crypto'
import { expect, test } from 'vitest'
import { makeAuthority, makeClientCertificate } from '#engine/certs/make.ts'
import { namesOf } from '#engine/server/clientIdentity.ts'
import { clientCertificate } from '#test/support/dialogue/certificates.ts'
import { openBench } from '../handlers/support.ts'

const names = (subjectAltName: string | undefined, subject: string) => namesOf({ subjectAltName, subject })

test('addresses before the common name; nothing from a value that could pose as another', () => {
  expect(names('DNS:a.test, email:ann@x.test, email:b@x.test', 'C=DE\nCN=Ann')).toEqual(['ann@x.test', 'b@x.test', 'Ann']) // prettier-ignore
  expect(names('DNS:"a, email:evil@x.test"', 'CN=Ann')).toEqual(['Ann'])
  expect(names(undefined, 'O=x')).toEqual([])
})

test.each(['#0c0161', '#zz', 'a,b', 'a+b', 'O=x+CN=y', 'a\\b', 'a<b;c>', ' a ', '#', 'Änne', 'a,b@x.test'])(
  'a certificate made for %j stands for just that user',
  async (user) => {
    const { cert } = await makeClientCertificate(await makeAuthority(new Date()), user, new Date())
    expect(namesOf(new X509Certificate(cert))).toContain(user)
    expect(namesOf(new X509Certificate(cert))).toHaveLength(1)
  },
)

test('a common name beside another attribute is none', () => {
  expect(names(undefined, 'CN=ann + OU=x\nCN=b\\+c')).toEqual(['b+c'])
})

test('EXTERNAL: the certificate shows who it is, when its authority is trusted and asked for', async () => {
  const bench = await openBench()
  const { client } = bench
  const { ca, pair } = await clientCertificate('ann@x.test', 'Ann')
  const stranger = await clientCertificate('ann@x.test', 'Ann')
  const listener = { port: 0, tls: 'implicit', auth: 'required', clientCa: ca } as const
  const { status } = await client.call('server.start', {
    config: {
      listeners: [
        { ...listener, clientCertificate: 'asked' },
        { ...listener, clientCertificate: 'required' },
      ],
      users: [{ user: 'ann@x.test', password: 'pw' }],
    },
  })
  const signIn = async (place: number, certificate?: typeof pair, user = '') => {
    const started = await client.call('dialogue.start', {
      target: {
        host: 'localhost',
        port: status.listeners[place]!.actualPort!,
        tls: 'implicit',
        certificate: 'accept',
        ...(certificate === undefined ? {} : { clientCertificate: certificate }),
      },
      auth:
        certificate === undefined
          ? { mechanism: 'none' }
          : { mechanism: 'external', user, allowUnprotected: true },
      stopAfter: 'auth',
    })
    if (!started.ok) throw new Error(JSON.stringify(started.problems))
    return client.call('dialogue.result', { session: started.session })
  }
  expect(await signIn(0, pair)).toMatchObject({ outcome: 'stopped' })
  expect(await signIn(0, pair, 'ann@x.test')).toMatchObject({ outcome: 'stopped' })
  expect(await signIn(0, pair, 'bob@x.test')).toMatchObject({ outcome: 'rejected' })
  expect(await signIn(0, stranger.pair)).toMatchObject({ outcome: 'rejected' })
  expect(await signIn(1, pair)).toMatchObject({ outcome: 'stopped' })
  expect(await signIn(1, stranger.pair)).toMatchObject({ outcome: 'failed' })
  expect(await signIn(1)).toMatchObject({ outcome: 'failed' })
  await bench.stop()
})
