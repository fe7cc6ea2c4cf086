import { expect, test } from 'vitest'
import {
  loadAllowedHosts,
  releaseMessage,
  releaseResult,
  saveAllowedHosts,
} from '#renderer/flows/inboxRelease.ts'
import { releaseForm, releaseRequest } from '#renderer/model/inboxRelease.ts'
import { messageDetail } from '../../support/mail.ts'
import { fakeServices } from '../../support/services.ts'

const request = releaseRequest('m1', releaseForm(messageDetail(), 'mail.test'))

test('hosts are read and saved; a refusal is one sentence', async () => {
  const services = fakeServices()
  services.client
    .on('inbox.allowedHosts', () => ({ hosts: ['a.test'] }))
    .on('inbox.setAllowedHosts', ({ hosts }) =>
      hosts.includes('*')
        ? { ok: false as const, problems: [{ field: 'hosts[0]', value: '*', message: 'No wildcard.' }] }
        : { ok: true as const, hosts },
    )
  expect(await loadAllowedHosts(services)).toEqual(['a.test'])
  expect(await saveAllowedHosts(services, ['b.test'])).toEqual({ ok: true, hosts: ['b.test'] })
  expect(await saveAllowedHosts(services, ['*'])).toEqual({ ok: false, problem: 'No wildcard.' })
})

test('a release answers with its dialogue, or with what is wrong', async () => {
  const services = fakeServices()
  expect(await releaseMessage(services, request)).toMatchObject({
    ok: false,
    problems: [{ field: 'request' }],
  })
  expect(await releaseResult(services, 's1')).toMatchObject({ accepted: false })
  services.client
    .on('inbox.release', () => ({ ok: true as const, session: 's1' }))
    .on('dialogue.result', ({ session }) => ({
      session,
      outcome: 'accepted' as const,
      message: 'Taken.',
      recipients: [],
    }))
  expect(await releaseMessage(services, request)).toEqual({ ok: true, session: 's1' })
  expect(await releaseResult(services, 's1')).toEqual({ accepted: true, words: 'Taken.' })
})
