/** Owns: reading content that is kept beside a transcript, when what is damaged or gone must not stop the reader. */
import { type Store, StoreError } from '../store/types.ts'

/** Octets, as many as there are; `absent`: never kept, or removed; `lost`: kept, and cannot be read. */
export type KeptContent = Uint8Array | 'absent' | 'lost'

/** Throws StoreError where nothing at all can be read: the store is closed, its database locked. */
export async function keptContent(
  store: Pick<Store, 'readContent'>,
  ...range: Parameters<Store['readContent']>
): Promise<KeptContent> {
  try {
    return (await store.readContent(...range))?.bytes ?? 'absent'
  } catch (error) {
    if (error instanceof StoreError && (error.code === 'corrupt' || error.code === 'failed')) return 'lost'
    throw error
  }
}
