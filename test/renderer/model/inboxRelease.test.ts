import { expect, test } from 'vitest'
import {
  leavesWords,
  problemsByField,
  recipients,
  releaseForm,
  releaseRequest,
} from '#renderer/model/inboxRelease.ts'
import { messageDetail } from '../../support/mail.ts'

const problem = (field: string, message: string) => ({ field, value: '', message })
const form = releaseForm(messageDetail(), 'mail.test')

test('begins with the envelope as received, nothing agreed to', () => {
  expect(releaseRequest('m1', form)).toEqual({
    id: 'm1', target: { host: 'mail.test', port: 587, tls: 'starttls' }, auth: { mechanism: 'none' }, envelopeFrom: 'bounce+10294@shop.example',
    envelopeTo: ['ines@quayside.example', 'rosa@pelican.example'], way: 'exact', agreed: false,
  }) // prettier-ignore
  const edited = {
    ...form,
    port: 'x',
    user: 'u',
    password: 'p',
    way: 'resent' as const,
    resentFrom: 'a@b',
    from: ' ',
  }
  expect(releaseRequest('m1', edited)).toMatchObject({ target: { port: 0 }, auth: { user: 'u' }, resentFrom: 'a@b', envelopeFrom: '' }) // prettier-ignore
})

test('recipients as people type them', () =>
  expect(recipients('a@b, c@d;\n\n e@f ')).toEqual(['a@b', 'c@d', 'e@f']))

test('consent names where it goes and to whom', () => {
  expect(leavesWords(form)).toBe('Send it to mail.test for 2 recipients. It leaves this computer.')
  expect(leavesWords({ ...form, to: 'a@b', host: '' })).toBe(
    'Send it to no host for a@b. It leaves this computer.',
  )
})

test('each problem stands at its field, the first of it', () => {
  expect(problemsByField([problem('target.host', 'h'), problem('envelopeTo[1]', 't'), problem('envelopeTo[2]', 'u'), problem('request', 'o'), problem('auth.password', 'p')])).toEqual({ host: 'h', to: 't', other: 'o', password: 'p' }) // prettier-ignore
})
