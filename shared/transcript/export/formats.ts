/** Owns: which export formats there are. A format that is not in this list is offered by nothing and refused by the call. */
import { caseFormat } from './case.ts'
import { pcapng } from './pcapng.ts'
import { svg } from './svg.ts'
import { textFormat } from './text.ts'
import type { ExportFormat, ExportFormatId } from './types.ts'

const list: readonly ExportFormat[] = [caseFormat, textFormat, pcapng, svg]

export const formats: ReadonlyMap<ExportFormatId, ExportFormat> = new Map(
  list.map((format) => [format.id, format]),
)

/** In the order in which they are offered. */
export const formatIds: readonly ExportFormatId[] = list.map((format) => format.id)
