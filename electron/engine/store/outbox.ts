/**
 * Owns: what waits to cross to the store's thread. Everything of one turn of the event loop goes as one message, and
 * while the thread has enough to do, of many turns: waking it took a sixth of this thread's time when each turn did. Small
 * contents are packed into one buffer, because each transferred buffer has its price.
 */
import type { ReadOp, ToWorker, WriteOp } from './wireTypes.ts'

/** Smaller ones are copied together; the others travel as they are. */
const packBelow = 64 * 1024
/** Messages with writes that the thread has not answered: one that it commits, and one that it finds afterwards. */
const mostUnderWay = 2

export type Post = (message: ToWorker, transfer: ArrayBuffer[]) => void

type WithBytes = Extract<WriteOp, { bytes: Uint8Array }>
const hasBytes = (op: WriteOp): op is WithBytes => op.type === 'chunk' || op.type === 'finish'

export class Outbox {
  readonly #post: Post
  #writes: WriteOp[] = []
  #reads: { id: number; op: ReadOp }[] = []
  #scheduled = false
  /** Writes sent in all, and how many that were when each message under way was sent. */
  #sent = 0
  readonly #underWay: number[] = []

  constructor(post: Post) {
    this.#post = post
  }

  write(op: WriteOp): void {
    this.#writes.push(op)
    this.#schedule()
  }

  read(id: number, op: ReadOp): void {
    this.#reads.push({ id, op })
    this.#schedule()
  }

  #schedule(): void {
    if (this.#scheduled) return
    this.#scheduled = true
    setImmediate(() => {
      this.#scheduled = false
      if (this.#underWay.length < mostUnderWay || this.#writes.length === 0) this.flush()
    })
  }

  /** The thread has answered the writes numbered up to `upTo`: what waited for it goes now. */
  answered(upTo: number): void {
    while (this.#underWay.length > 0 && this.#underWay[0]! <= upTo) this.#underWay.shift()
    if (this.#underWay.length < mostUnderWay) this.flush()
  }

  /** Sends what is there, now. */
  flush(): void {
    if (this.#writes.length === 0 && this.#reads.length === 0) return
    const writes = this.#writes
    const reads = this.#reads
    this.#writes = []
    this.#reads = []
    this.#sent += writes.length
    if (writes.length > 0) this.#underWay.push(this.#sent)
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
