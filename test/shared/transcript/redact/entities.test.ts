import { expect, test } from 'vitest'
import { entityCharacters } from '#shared/transcript/redact/entities.ts'

test('letters of Latin-1 by their names', () => {
  for (const [name, character] of Object.entries({
    Agrave: 'À',
    times: '×',
    szlig: 'ß',
    ouml: 'ö',
    yuml: 'ÿ',
  }))
    expect(entityCharacters.get(name)).toBe(character)
})
