/**
 * Owns: what waits to cross to the store's thread. Everything of one turn of the event loop goes as one message; small
 * contents are packed into one buffer, because each transferred buffer has its price. What no client waits for goes with
 * what comes next, or alone after a moment: by itself it would be a commit and a sync of the disk, and clients wait for
 * their 250 behind those.
 */
import type { ReadOp, ToWorker, WriteOp } from './wireTypes.ts'

/**
 * Milliseconds that patient writes may wait for company. What a try came to is durable that much later: after a kill so much
 * more may be delivered a second time.
 */
const patience = 20

const isPatient = ({ type }: WriteOp): boolean => type === 'putLegs' || type === 'putAttempts'

/** Smaller ones are copied together; the others travel as they are. */
const packBelow = 64 * 1024

export type Post = (message: ToWorker, transfer: ArrayBuffer[]) => void

type WithBytes = Extract<WriteOp, { bytes: Uint8Array }>
const hasBytes = (op: WriteOp): op is WithBytes => op.type === 'chunk' || op.type === 'finish'

export class Outbox {
  readonly #post: Post
  #writes: WriteOp[] = []
  #reads: { id: number; op: ReadOp }[] = []
  #scheduled = false
  #waiting: NodeJS.Timeout | undefined

  constructor(post: Post) {
    this.#post = post
  }

  write(op: WriteOp): void {
    this.#writes.push(op)
    if (isPatient(op)) this.#waiting ??= setTimeout(() => this.flush(), patience)
    else this.#schedule()
  }

  read(id: number, op: ReadOp): void {
    this.#reads.push({ id, op })
    this.#schedule()
  }

  #schedule(): void {
    if (this.#scheduled) return
    this.#scheduled = true
    setImmediate(() => this.flush())
  }

  /** Sends what is there, now. */
  flush(): void {
    this.#scheduled = false
    clearTimeout(this.#waiting)
    this.#waiting = undefined
    if (this.#writes.length === 0 && this.#reads.length === 0) return
    const writes = this.#writes
    const reads = this.#reads
    this.#writes = []
    this.#reads = []
    this.#post({ type: 'batch', writes, reads }, pack(writes))
  }
}

/** Moves the octets of all small contents into one new buffer; answers with the buffers to transfer. */
function pack(writes: readonly WriteOp[]): ArrayBuffer[] {
  const transfer: ArrayBuffer[] = []
  let size = 0
  for (const op of writes) if (hasBytes(op) && op.bytes.byteLength < packBelow) size += op.bytes.byteLength
  const slab = new Uint8Array(size)
  let at = 0
  for (const op of writes) {
    if (!hasBytes(op)) continue
    const { bytes } = op
    if (bytes.byteLength >= packBelow) {
      if (bytes.buffer instanceof ArrayBuffer) transfer.push(bytes.buffer)
      continue
    }
    slab.set(bytes, at)
    op.bytes = slab.subarray(at, at + bytes.byteLength)
    at += bytes.byteLength
  }
  if (size > 0) transfer.push(slab.buffer)
  return transfer
}
