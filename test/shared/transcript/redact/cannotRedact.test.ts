import { expect, test } from 'vitest'
import { CannotRedact } from '#shared/transcript/redact/cannotRedact.ts'

test('it is an error with words', () => expect(new CannotRedact('why').message).toBe('why'))
