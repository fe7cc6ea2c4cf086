import { existsSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Bench, openBench } from './support.ts'

let bench: Bench
beforeAll(async () => {
  bench = await openBench()
})
afterAll(() => bench.stop())

test('says what the program is and where its things lie', async () => {
  const info = await bench.client.call('app.info', {})
  expect(info).toMatchObject({ version: '1.2.3', host: 'test', dataFolder: bench.folder })
  expect(info.runtime).toContain(`Node ${process.versions.node}`)
  expect(info.runtime).not.toContain('undefined')
  expect(existsSync(info.caFile)).toBe(true)
  expect(info.caPem).toMatch(/^-----BEGIN CERTIFICATE-----/)
  expect(info.caPem).not.toContain('PRIVATE KEY')
})
