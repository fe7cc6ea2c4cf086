import { expect, test } from 'vitest'
import { runChild } from '../../../../electron/hosts/launcher/child.ts'

const node = (script: string): Promise<number> => runChild(process.execPath, ['-e', script])

test("the child's exit status is ours", async () => {
  expect(await node('process.exit(3)')).toBe(3)
  expect(await node('process.kill(process.pid, "SIGTERM"); setInterval(() => {}, 1000)')).toBe(143)
  expect(await node('process.kill(process.pid, "SIGTRAP"); setInterval(() => {}, 1000)')).toBe(133)
})

test('what cannot be started is 127', async () => {
  expect(await runChild('/nonexistent/program', [])).toBe(127)
})

test('no listener is left behind', async () => {
  const before = process.listenerCount('SIGTERM')
  await node('0')
  expect(process.listenerCount('SIGTERM')).toBe(before)
})
