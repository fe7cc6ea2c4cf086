/**
 * Owns: the octets of a form's message: header section, parts and their order (RFC 5322, RFC 2045 to 2047, by
 * nodemailer's MimeNode). The same form makes the same octets.
 */
import { createHash } from 'node:crypto'
import { foldLines } from 'nodemailer/lib/mime-funcs'
import MimeNode from 'nodemailer/lib/mime-node'
import type { FilePart } from './attachments.ts'
import { encodeName, encodeOwnValue, encodeValue } from './fieldText.ts'
import type { Form } from './prepare.ts'
import type { TextPart } from './texts.ts'

type Add = (type: string, options?: { filename: string }) => MimeNode

/** Columns that header fields are folded at; RFC 5322 §2.1.1 wishes 78 at most. */
const foldAt = 76

export async function buildMessage(form: Form): Promise<Uint8Array> {
  const built = await treeOf(form).build()
  return new Uint8Array(built.buffer, built.byteOffset, built.length)
}

function treeOf(form: Form): MimeNode {
  const html = form.texts.some((text) => text.html)
  const inside = form.files.filter(({ inline }) => html && inline !== undefined)
  const beside = form.files.filter((file) => !inside.includes(file))
  const options = { baseBoundary: boundaryOf(form), disableFileAccess: true, disableUrlAccess: true }
  let root: MimeNode | undefined
  const addRoot: Add = (type) => (root = new MimeNode(type, options))
  if (beside.length === 0) addTexts(addRoot, form.texts, inside)
  else {
    const mixed = addRoot('multipart/mixed')
    addTexts(childrenOf(mixed), form.texts, inside)
    for (const file of beside) addFile(childrenOf(mixed), file)
  }
  // Every way above has made one.
  root ??= addRoot('text/plain')
  // Addresses have passed the grammar and are as MAIL and RCPT say them; the library would change some, as `"a>b"@x`.
  Object.assign(root, {
    _normalizeAddress: (address: string) => address,
    _encodeAddressName: encodeName,
  })
  writeHead(root, form)
  return root
}

const childrenOf =
  (parent: MimeNode): Add =>
  (type, options) =>
    parent.createChild(type, options)

function addTexts(add: Add, texts: readonly TextPart[], inside: readonly FilePart[]): void {
  if (texts.length === 1) {
    addText(add, texts[0]!, inside)
    return
  }
  const node = add('multipart/alternative')
  for (const text of texts) addText(childrenOf(node), text, inside)
}

function addText(add: Add, text: TextPart, inside: readonly FilePart[]): void {
  if (!text.html || inside.length === 0) {
    encodeAs(add(text.type), text.bytes, text.encoding)
    return
  }
  // RFC 2387: the HTML, then what it shows by Content-ID.
  const node = add('multipart/related; type="text/html"')
  encodeAs(node.createChild(text.type), text.bytes, text.encoding)
  for (const file of inside) addFile(childrenOf(node), file)
}

function addFile(add: Add, { name, type, bytes, encoding, inline }: FilePart): void {
  const node = add(type, { filename: name })
  node.setHeader('Content-Disposition', inline === undefined ? 'attachment' : 'inline')
  if (inline !== undefined) node.setHeader('Content-ID', `<${inline}>`)
  encodeAs(node, bytes, encoding)
}

/** The node would choose for itself, and says 7bit or 8bit only of text that it finds plain. */
function encodeAs(node: MimeNode, bytes: Buffer, encoding: string): void {
  node.setContent(bytes)
  node.getTransferEncoding = () => encoding
}

function writeHead(root: MimeNode, form: Form): void {
  // Copies: the library rewrites what it is given.
  const lists = { From: [form.from], To: form.to, Cc: form.cc, 'Reply-To': form.replyTo }
  for (const [name, addresses] of Object.entries(lists))
    if (addresses.length > 0)
      root.setHeader(
        name,
        addresses.map((address) => ({ ...address })),
      )
  if (form.subject.trim() !== '') root.setHeader('Subject', encodeValue(form.subject))
  // Without a value the library makes one; what is not wanted is cut out below.
  root.setHeader('Message-ID', form.messageId ?? '<none@relayscope.invalid>')
  root.setHeader('Date', form.date ?? 'none')
  const made = root.buildHeaders.bind(root)
  root.buildHeaders = () => {
    let head = made()
    if (form.date === null) head = head.replace(/^Date: none\r\n/mu, '')
    if (form.messageId === null) head = head.replace(/^Message-ID: <none@relayscope\.invalid>\r\n/mu, '')
    const own = form.headers.map((field) => `${ownField(field)}\r\n`).join('')
    return head.replace(/^MIME-Version: /mu, (name) => `${own}${name}`)
  }
}

/** Its name as typed; the library would write it in its own case, and read some values its own way. */
function ownField({ name, value }: { name: string; value: string }): string {
  return foldLines(`${name}: ${encodeOwnValue(value)}`, foldAt)
}

/** Differs from message to message, and is the same for the same one. */
function boundaryOf({ messageId, date, subject, texts }: Form): string {
  const hash = createHash('sha256').update(JSON.stringify([messageId, date, subject]))
  for (const { bytes } of texts) hash.update(bytes)
  return hash.digest('hex').slice(0, 16)
}
