/** Owns: files of the Send form: taking them, reading their octets when a message needs them, certificates and keys from files. */
import { toBase64 } from '#shared/bytes/bytes.ts'
import type { FieldProblem } from '#shared/rpc/contract/fieldProblem.ts'
import { maxAttachments, type Attachment } from '#shared/rpc/contract/message.ts'
import { withFiles, type FormFile } from '../model/composeCounts.ts'
import { rawOfText, type FormFiles } from '../model/composeMessage.ts'
import { sizeShort } from '../model/measures.ts'
import { splitPem } from '../model/pem.ts'
import type { Services } from './services.ts'

const asFormFile = (file: File): FormFile => ({
  id: crypto.randomUUID(),
  name: file.name,
  type: file.type,
  size: file.size,
  file,
})

/** Takes files as attachments; what does not fit is named at the field. */
export function attach({ stores }: Services, files: readonly File[]): void {
  const { files: before, set, problems } = stores.compose.getState()
  const { files: after, problem } = withFiles(before, files.map(asFormFile))
  set({ files: after, tab: 'attachments' })
  const { attachments: _old, ...rest } = problems
  stores.compose.setState({ problems: problem === '' ? rest : { ...rest, attachments: problem } })
}

export function detach({ stores }: Services, id: string): void {
  const { files, set, forgetProblem } = stores.compose.getState()
  set({ files: files.filter((file) => file.id !== id) })
  forgetProblem('attachments')
}

/** Takes one file as the message as it is. */
export function takeRaw({ stores }: Services, file: File): void {
  const { set, forgetProblem } = stores.compose.getState()
  forgetProblem('raw')
  if (file.size > maxAttachments) {
    const words = `“${file.name.slice(0, 80)}” has ${sizeShort(file.size)}; a message may have ${sizeShort(maxAttachments)}.`
    stores.compose.setState(({ problems }) => ({ problems: { ...problems, raw: words } }))
    return
  }
  set({ raw: { name: file.name, size: file.size, file, text: '' }, tab: 'raw' })
}

export function pasteRaw({ stores }: Services, text: string): void {
  const { set, forgetProblem } = stores.compose.getState()
  forgetProblem('raw')
  set({ raw: text === '' ? null : { name: '', size: text.length, file: null, text } })
}

async function octetsOf(file: Blob): Promise<string> {
  return toBase64(new Uint8Array(await file.arrayBuffer()))
}

/** A file that was moved, deleted or changed since it was taken cannot be read any more. */
const gone = (field: string, name: string): FieldProblem => ({
  field,
  value: name.slice(0, 200),
  message: `“${name.slice(0, 80)}” can no longer be read: it was moved, deleted or changed. Remove it here, or add it again.`,
})

async function readAttachment({ name, type, file }: FormFile): Promise<Attachment | FieldProblem> {
  try {
    return { name, base64: await octetsOf(file), ...(type === '' ? {} : { type }) }
  } catch {
    return gone('message.attachments', name)
  }
}

export type ReadFiles = { files: FormFiles; problems: FieldProblem[] }

/** Octets of what the form has, read now. */
export async function readFiles({ stores }: Services): Promise<ReadFiles> {
  const { files, raw } = stores.compose.getState()
  if (raw !== null) return readRaw(raw)
  const attachments: Attachment[] = []
  const problems: FieldProblem[] = []
  for (const file of files) {
    const read = await readAttachment(file)
    if ('field' in read) problems.push(read)
    else attachments.push(read)
  }
  return { files: { attachments, raw: null }, problems }
}

async function readRaw({
  name,
  file,
  text,
}: {
  name: string
  file: Blob | null
  text: string
}): Promise<ReadFiles> {
  if (file === null) return { files: { attachments: [], raw: rawOfText(text) }, problems: [] }
  try {
    return { files: { attachments: [], raw: await octetsOf(file) }, problems: [] }
  } catch {
    return { files: { attachments: [], raw: null }, problems: [gone('message.raw', name)] }
  }
}

/** Characters of certificates and keys that are read. */
const mostPem = 200_000

/** Certificates and keys out of dropped files or pasted text, the keys apart. Undefined when taken, else why not. */
export async function takePem(services: Services, files: readonly File[]): Promise<string | undefined> {
  let text = ''
  for (const file of files) {
    if (file.size > mostPem)
      return `“${file.name.slice(0, 80)}” is too large for a certificate or key in PEM.`
    try {
      text += `${await file.text()}\n`
    } catch {
      return `“${file.name.slice(0, 80)}” cannot be read.`
    }
  }
  return takePemText(services, text)
}

/** The certificate goes into the form, the key into memory only. */
export function takePemText({ stores }: Services, text: string): string | undefined {
  const { certificates, keys } = splitPem(text)
  if (certificates === '' && keys === '')
    return 'There is no certificate and no key in it. PEM is needed, beginning with -----BEGIN; make it from PKCS #12 with openssl pkcs12 -in FILE -nodes.'
  const { draft, change, setSecrets, forgetProblem } = stores.compose.getState()
  if (certificates !== '') change({ ...draft, clientCert: certificates })
  if (keys !== '') setSecrets({ clientKey: keys })
  forgetProblem('clientCertificate')
  return undefined
}
