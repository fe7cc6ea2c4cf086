// A test in Node: what my application sends arrives, and its link works out.
// RELAYSCOPE_API=http://127.0.0.1:8026 RELAYSCOPE_TOKEN=... SMTP_PORT=2525 node --test waitForMail.mjs
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createTransport } from 'nodemailer'

const { RELAYSCOPE_API: base, RELAYSCOPE_TOKEN: token, SMTP_PORT: port } = process.env

/** One call of the API. A refusal is problem+json: its `detail` says what was wrong, in a sentence. */
async function ask(path, query = {}, method = 'GET') {
  const answer = await fetch(`${base}/api/v1${path}?${new URLSearchParams(query)}`, {
    method,
    headers: { authorization: `Bearer ${token}` },
  })
  const json = await answer.json()
  if (!answer.ok) throw new Error(json.detail, { cause: json })
  return json
}

/** Stands in for the application under test. */
const signUp = (address) =>
  createTransport({ host: '127.0.0.1', port: Number(port), ignoreTLS: true }).sendMail({
    from: 'Shop <shop@shop.test>',
    to: address,
    subject: 'Confirm your address',
    html: '<p>Welcome. <a href="https://shop.test/confirm?code=4711">Confirm</a></p>',
  })

await test('a new customer gets a link to confirm the address', async () => {
  const { mark } = await ask('/mark') // first the mark, then the act: nothing can be missed
  await signUp('ines+node@customer.test')
  const { message } = await ask('/messages/wait', {
    since: mark,
    query: 'to:ines subject:"confirm your address" tag:node',
    timeout: 10_000,
  })
  assert.equal(message.envelope.mailFrom, 'shop@shop.test')
  assert.equal(message.links[0].href, 'https://shop.test/confirm?code=4711')
  await ask(`/messages/${encodeURIComponent(message.id)}`, {}, 'DELETE')
})
