import { expect, test } from 'vitest'
import { mappedPortOf, portRemedies, whoHasPort } from '#shared/knowledge/lowPorts.ts'

const refused = { port: 25, mapped: 2025, address: '127.0.0.1', program: "/opt/it's here/node" }

test('low ports are mapped 2000 higher, others not', () => {
  expect([25, 465, 587, 1023, 1024, 2525, 0].map(mappedPortOf)).toEqual([2025, 2465, 2587, 3023, 0, 0, 0])
})

const systems = (system: string) => [...new Set(portRemedies(refused, system).map((one) => one.system))]

test('this system comes first, and every one is there', () => {
  expect(systems('darwin')).toEqual(['macOS', 'Linux', 'Windows'])
  expect(systems('win32')).toEqual(['Windows', 'Linux', 'macOS'])
  expect(systems('freebsd')).toEqual(['Linux', 'macOS', 'Windows'])
})

test('a path is quoted for the shell', () => {
  expect(portRemedies(refused, 'linux')[0]?.command).toBe(
    String.raw`sudo setcap cap_net_bind_service=+ep '/opt/it'\''s here/node'`,
  )
})

test('nothing is redirected to where nothing listens', () => {
  const commands = portRemedies({ ...refused, mapped: 0 }, 'linux').map(({ command = '' }) => command)
  expect(commands.filter((command) => /REDIRECT|rdr/.test(command))).toEqual([])
})

test('who has a port is asked in the system’s own way', () => {
  expect(
    ['linux', 'darwin', 'win32'].map((system) =>
      whoHasPort(25, system)
        .split(' ')
        .find((word) => /^(?:ss|lsof|netstat)$/.test(word)),
    ),
  ).toEqual(['ss', 'lsof', 'netstat'])
})
