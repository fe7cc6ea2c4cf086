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
  expect(await portHolder(25, '127.0.0.1', proc)).toEqual({ pid: 42, name: 'smtp?[31md' })
})

test.each([
  ['/usr/bin/node\0--enable-source-maps\0/home/me/app/server.js\0--password=x', 'node server.js'],
  ['python3\0-m\0smtpd', 'python3'],
  ['/usr/lib/postfix/sbin/master\0-w', 'master'],
  ['sshd: /usr/sbin/sshd -D [listener]', 'smtp?[31md'],
  ['node\0-e\0secret', 'node'],
  ['', 'smtp?[31md'],
])('a command line of %j is told as %s', async (words, name) => {
  const proc = await fakeProc()
  await writeFile(join(proc, '42/cmdline'), words)
  expect((await portHolder(25, '127.0.0.1', proc))?.name).toBe(name)
})

test('a port that is only connected to, is free, or belongs to nobody that can be seen has no holder', async () => {
  const proc = await fakeProc()
  expect([await portHolder(26, '127.0.0.1', proc), await portHolder(27, '127.0.0.1', proc)]).toEqual([
    null,
    null,
  ])
  expect(await portHolder(25, '127.0.0.1', join(proc, 'nothing'))).toBeNull()
})

test.each([
  ['0100007F', '127.0.0.1', true], ['0100007F', '127.0.0.2', false], ['00000000', '127.0.0.2', true], ['0100007F', '0.0.0.0', true],
  ['00000000000000000000000001000000', '::1', true], ['00000000000000000000000001000000', '127.0.0.1', false],
  ['00000000000000000000000000000000', '127.0.0.1', true], ['0000000000000000FFFF00000100007F', '127.0.0.1', true],
  ['000080FE0000000000000000080706050', 'fe80::1%lo', false], ['000080FE000000000000000001000000', 'fe80::1%lo', true],
])('what listens at %s keeps the port from %s: %s', async (place, address, so) => {
  const proc = await fakeProc()
  await writeFile(join(proc, 'net/tcp'), `  sl  local_address\n${line(25, '0A', 77).replace('0100007F', place)}`)
  expect(await portHolder(25, address, proc)).toEqual(so ? { pid: 42, name: 'smtp?[31md' } : null)
}) // prettier-ignore

test.skipIf(process.platform !== 'linux')('on Linux this very process is found', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  expect(await portHolder(portOf(server), '127.0.0.1')).toMatchObject({ pid: process.pid })
})
