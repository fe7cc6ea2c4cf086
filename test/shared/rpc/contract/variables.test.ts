import { expect, test } from 'vitest'
import { builtInVariables, usesBuiltIn } from '#shared/rpc/contract/variables.ts'

test('texts that use what is known without being given are told', () => {
  for (const name of builtInVariables) expect(usesBuiltIn(`no {{ ${name} }}`)).toBe(true)
  for (const text of ['no {{name}}', '{n}', '{{nn}}', '']) expect(usesBuiltIn(text)).toBe(false)
})
