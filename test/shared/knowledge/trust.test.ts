import { expect, test } from 'vitest'
import { trustCommand, trustGuide, trustGuides } from '#shared/knowledge/trust.ts'

test('every guide says who is reached, how, and the way back', () => {
  for (const { reach, trust, undo } of trustGuides) {
    expect(reach).toMatch(/\.$/)
    expect([trust.length > 0, undo.length > 0]).toEqual([true, true])
    for (const { words } of [...trust, ...undo]) expect(words).toMatch(/\.$/)
  }
  expect(trustGuides.map(({ id }) => id)).toEqual([
    'debian',
    'fedora',
    'macos',
    'windows',
    'firefox',
    'node',
    'java',
    'python',
  ])
  expect(trustGuide('os2')).toBeNull()
})

test('the path stands in the command, quoted as the system quotes', () => {
  const node = trustGuide('node')!
  expect(trustCommand(node, node.trust[0]!, "/home/it's/ca.pem")).toBe(
    String.raw`NODE_EXTRA_CA_CERTS='/home/it'\''s/ca.pem' node app.js`,
  )
  const windows = trustGuide('windows')!
  expect(trustCommand(windows, windows.trust[0]!, String.raw`C:\My Files\ca.pem`)).toBe(
    String.raw`certutil -user -addstore Root "C:\My Files\ca.pem"`,
  )
})

test('a `$` in the path is a `$`; a step without a command has none', () => {
  const python = trustGuide('python')!
  expect(trustCommand(python, python.trust[0]!, '/a$&b')).toContain("'/a$&b'")
  expect(trustCommand(python, python.trust[1]!, '/a')).toBeNull()
})
