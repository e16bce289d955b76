/** The library whose faces open the door, in spite of its name; `2`/`infraredFD` beside it is the device's own [K1T342]. */
export const faceLibrary = { faceLibType: 'blackFD', FDID: '1' } as const;
