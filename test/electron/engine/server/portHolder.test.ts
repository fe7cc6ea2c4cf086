import { createServer } from 'node:net'
import { once } from 'node:events'
import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { portHolder } from '#engine/server/portHolder.ts'
import { emptyFolder, portOf } from '#test/support/server/place.ts'

const line = (port: number, state: string, inode: number) =>
  `   0: 0100007F:${port.toString(16).toUpperCase().padStart(4, '0')} 00000000:0000 ${state} 00000000:00000000 00:00000000 00000000     0        0 ${inode} 1 0 100 0 0 10 0\n`

async function fakeProc() {
  const proc = await emptyFolder()
  await mkdir(join(proc, 'net'))
  await writeFile(join(proc, 'net/tcp'), `  sl  local_address\n${line(25, '0A', 77)}${line(26, '01', 78)}`)
  await mkdir(join(proc, '42/fd'), { recursive: true })
  await writeFile(join(proc, '42/comm'), 'smtp\x1b[31md\n')
  await symlink('socket:[77]', join(proc, '42/fd/5'))
  await symlink('socket:[78]', join(proc, '42/fd/6'))
  return proc
}

test('who listens is found by the kernel’s tables; a name cannot change a line', async () => {
  const proc = await fakeProc()
  expect(await portHolder(25, proc)).toEqual({ pid: 42, name: 'smtp?[31md' })
})

test('a port that is only connected to, is free, or belongs to nobody that can be seen has no holder', async () => {
  const proc = await fakeProc()
  expect([await portHolder(26, proc), await portHolder(27, proc)]).toEqual([null, null])
  expect(await portHolder(25, join(proc, 'nothing'))).toBeNull()
})

test.skipIf(process.platform !== 'linux')('on Linux this very process is found', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  expect(await portHolder(portOf(server))).toMatchObject({ pid: process.pid })
})
