/** Owns: the case file as an export format: the one that this program reads again (file.ts). */
import { fileExtension } from '../file.ts'
import { fileOf } from '../writer.ts'
import type { ExportFormat } from './types.ts'

export const caseFormat: ExportFormat = {
  id: 'case',
  name: 'Case file, which Relayscope opens again',
  extension: fileExtension,
  mime: 'application/json',
  leavesOut: 'Without message content, lines over 16 KB are cut.',
  write: ({ head, events }, program) => fileOf([{ head, events }], { program }),
}
