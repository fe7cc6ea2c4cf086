/** Owns: which export formats there are. A format that is not in this list is offered by nothing and refused by the call. */
import { caseFormat } from './case.ts'
import { harFormat } from './har.ts'
import { jsonFormat } from './json.ts'
import { markdownFormat } from './markdown.ts'
import { pcapng } from './pcapng.ts'
import { svg } from './svg.ts'
import { curlFormat } from './commands/curl.ts'
import { nodemailerFormat } from './commands/nodemailer.ts'
import { opensslFormat } from './commands/openssl.ts'
import { pythonFormat } from './commands/python.ts'
import { swaksFormat } from './commands/swaks.ts'
import { textFormat } from './text.ts'
import type { ExportFormat, ExportFormatId } from './types.ts'

const list: readonly ExportFormat[] = [
  caseFormat,
  textFormat,
  markdownFormat,
  jsonFormat,
  harFormat,
  pcapng,
  svg,
  swaksFormat,
  opensslFormat,
  curlFormat,
  nodemailerFormat,
  pythonFormat,
]

export const formats: ReadonlyMap<ExportFormatId, ExportFormat> = new Map(
  list.map((format) => [format.id, format]),
)

/** In the order in which they are offered. */
export const formatIds: readonly ExportFormatId[] = list.map((format) => format.id)
