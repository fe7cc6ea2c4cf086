import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { KeptPolicy, StsMemory } from '#engine/relay/route/stsMemory.ts'
import { StsPolicies } from '#engine/relay/route/stsPolicies.ts'
import { a, codes, txt, withCode, zone } from '#test/support/dns/scriptedDns.ts'
import { plainText, startPolicyServer, type PolicyServer } from '#test/support/dns/policyServer.ts'
import { askingOf, stopRoutes } from '#test/support/relay/routeRun.ts'

const domain = 'gannet.example'
const policy = (mode: string, age = 86_400) =>
  `version: STSv1\nmode: ${mode}\nmx: mx1.gannet.example\nmax_age: ${age}\n`
let server: PolicyServer
beforeAll(async () => {
  server = await startPolicyServer(`mta-sts.${domain}`)
})
afterAll(() => server.stop())
afterEach(stopRoutes)
beforeEach(() => {
  server.asked.length = 0
  server.answer = plainText(policy('enforce'))
})

const began = Date.now()
/** `record` is what DNS says at this moment; null: it fails. */
async function run(memory?: StsMemory) {
  const world: { record: string | undefined | null; later: number } = { record: 'v=STSv1; id=1', later: 0 }
  const { witness } = await askingOf((asked, count) => {
    if (world.record === null) return withCode(codes.serverFailure)
    const here = world.record === undefined ? [] : [txt(`_mta-sts.${domain}`, world.record)]
    return zone([...here, a(`mta-sts.${domain}`, '127.0.0.1')])(asked, count)
  })
  const { port, ca } = server
  const policies = new StsPolicies(
    { port, ca, timeout: 5000, now: () => new Date(began + world.later) },
    memory,
  )
  return { world, policies, witness, find: () => policies.find(domain, witness) }
}
const enforced = { policy: { mode: 'enforce', patterns: ['mx1.gannet.example'] } }

test('a policy is read once for its id, however many ask', async () => {
  const { find } = await run()
  for (const found of await Promise.all([find(), find(), find()])) expect(found).toMatchObject(enforced)
  expect(await find()).toMatchObject(enforced)
  expect(server.asked).toHaveLength(1)
})
test('another id is another policy', async () => {
  const { find, world } = await run()
  await find()
  world.record = 'v=STSv1; id=2'
  server.answer = plainText(policy('testing'))
  expect(await find()).toMatchObject({ policy: { mode: 'testing' } })
  server.answer = plainText(policy('none'))
  world.record = 'v=STSv1; id=3'
  expect(await find()).toEqual({ policy: null })
})
test('who hides the record or the policy host does not take the policy away', async () => {
  const { find, world } = await run()
  await find()
  for (const hidden of [undefined, null, 'v=STSv1; id=']) {
    world.record = hidden
    expect(await find()).toMatchObject({ ...enforced, remark: expect.stringContaining('known from before') })
  }
  world.record = 'v=STSv1; id=2'
  server.answer = (response) => response.writeHead(500).end()
  expect(await find()).toMatchObject({ ...enforced, remark: expect.stringContaining('status 500') })
})
test('who waits for a restart to hide it does not take the policy away either', async () => {
  let saved: ReadonlyMap<string, KeptPolicy> = new Map()
  const memory = { load: async () => saved, save: async (kept: typeof saved) => void (saved = new Map(kept)) }
  const before = await run(memory)
  await before.find()
  const after = await run(memory)
  after.world.record = null
  expect(await after.find()).toMatchObject({
    ...enforced,
    remark: expect.stringContaining('known from before'),
  })
  expect(await after.policies.announced(domain, after.witness)).toBe(true)
  expect(server.asked).toHaveLength(1)
})
test('until its time is over', async () => {
  const { find, world } = await run()
  await find()
  world.later = 86_400_000
  world.record = undefined
  expect(await find()).toEqual({ policy: null })
})
test('a policy that does not hold is said, and not asked for again so soon', async () => {
  const { find, world } = await run()
  server.answer = (response) => response.writeHead(404).end()
  const said = { policy: null, remark: 'gannet.example announces MTA-STS, but its policy does not hold: it answers with status 404.' } // prettier-ignore
  expect([await find(), await find()]).toEqual([said, said])
  expect(server.asked).toHaveLength(1)
  world.later = 300_000
  server.answer = plainText(policy('enforce'))
  expect(await find()).toMatchObject(enforced)
})
test('no record: nobody is contacted', async () => {
  const { find, world, policies, witness } = await run()
  expect(await policies.announced(domain, witness)).toBe(true)
  world.record = undefined
  expect(await find()).toEqual({ policy: null })
  world.record = null
  expect(await find()).toEqual({ policy: null })
  expect(await policies.announced(domain, witness)).toBe(false)
  expect(server.asked).toEqual([])
})
