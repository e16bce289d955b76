import type { CatalogueEntry } from './entry.ts';

/** What a terminal answers about a face or its photo. */
export const photoCodes: readonly CatalogueEntry[] = [
  {
    class: 'already',
    code: 'face_already_exists',
    message: 'The person has a face on the device already.',
    codes: { deviceUserAlreadyExistFace: 0x60007004 },
  },
  {
    class: 'missing',
    code: 'face_missing',
    message: 'The face is not on the device.',
    codes: {
      faceDataNotExist: 0x40006012,
      deleteNoExistFace: 0x60006015,
      operObjectNotExist: 0x6000600f,
      faceFileIsNotExist: 0x40005110,
    },
  },
  {
    class: 'item',
    code: 'face_duplicate',
    message:
      'The device knows this face under another person. Check whether the photo belongs to this employee, or whether ' +
      'the employee is on the device under a second number.',
    codes: { alreadyExistThisFace: 0x4000a008 },
  },
  {
    class: 'item',
    code: 'photo_too_large',
    message:
      'The device refuses the photo, most likely because it is larger than 200 KB. Save it smaller: baseline JPEG, ' +
      'longest side 480 to 800 pixels, at most 150 KB.',
    codes: {
      fileSizeExceedError: 0x30006010,
      picSizeExceedError: 0x6000003d,
      pictureSizeExceedLimit: 0x3000000c,
      improperPicSize: 0x30002026,
      picturePixelsTooLarge: 0x40001105,
      oversizePupilDistance: 0x60000045,
    },
  },
  {
    class: 'item',
    code: 'photo_too_small',
    message:
      'The face in the photo is too small for the device. Use a portrait whose longest side has at least 480 pixels.',
    codes: {
      picSizeSmallError: 0x6000003e,
      picturePixelsTooSmall: 0x40001106,
      faceDataLenShort: 0x6000603c,
      pupilDistanceTooSmall: 0x6000603b,
      PupilDistanceParamError: 0x60000082,
    },
  },
  {
    class: 'item',
    code: 'photo_format',
    message: 'The device cannot read the photo. Save it as a baseline JPEG (not progressive), 4:2:0.',
    codes: {
      picFormatError: 0x6000003b,
      unsupportedImageFormat: 0x30002028,
      picResolutionInvalidError: 0x6000003c,
      faceResolutionOrRatioError: 0x40006011,
      'width/heightRatioOfPictureError': 0x6000202c,
      pictureInfoCheckFailure: 0x6000603d,
      pictureCheckFailed: 0x40001100,
      pictureDecodingFailed: 0x4000a00e,
      dspParsesThePictureIncorrectly: 0x40005145,
      jpegPicWithAppendDataError: 0x4000a01d,
      cropPictureFailed: 0x40001266,
      faceDataIsEmpty: 0x40005111,
    },
  },
  {
    class: 'item',
    code: 'face_rejected',
    message:
      'The device finds no usable face in the photo. Take another: one person, facing the camera, evenly lit, nothing ' +
      'over the face.',
    codes: {
      pictureFaceDetectZero: 0x6000604c,
      PicAnalysisNoTargetError: 0x60000036,
      noFaceInPicture: 0x400015c7,
      noHumanInThePicture: 0x60000093,
      noFaceDetected: null,
      faceNoFace: null,
      facePoorQuality: null,
      multipleFaceObjectError: 0x60000035,
      faceLowQulity: 0x40006010,
      poorFaceQuality: 0x4000a007,
      faceScoreFailure: 0x6000603e,
      invalidFaceRegion: 0x60007012,
      faceDetectFailed: 0x400010c5,
      getHumanFaceFrameFailed: 0x4000109f,
      faceDataPIDError: 0x60000030,
      faceTypeError: 0x6000604d,
      pictureNotExist: 0x6000603a,
    },
  },
  {
    // [K1T673] refused one photo eight times under load, then accepted it.
    class: 'modelling',
    code: 'face_modelling_failed',
    message:
      'The device could not make a face model of the photo. It is tried again; if it stays so, take another photo.',
    codes: {
      SubpicAnalysisModelingError: 0x60000037,
      faceModelingError: 0x60000072,
      deviceInternalModelingError: 0x60000071,
      faceGradingModelingError: 0x60000073,
      faceFeatureModelingError: 0x60000074,
      faceAnalyzingModelingError: 0x60000075,
      NoDataForModelingError: 0x6000006b,
      pictureModelingFailed: 0x40001101,
      'modelingFailed.': 0x400010a0,
      facePictureModelInvalid: 0x4000109b,
      faceDataAnalysisError: 0x6000002f,
      faceAnalysisModuleError: 0x4000117f,
      faceException: 0x30001009,
      addFaceRecordFailed: 0x400010c1,
      modifyFaceRecordFailed: 0x400010c3,
    },
  },
  {
    class: 'download',
    code: 'photo_download_failed',
    message:
      'The device could not download the photo. Check that its network reaches the address of the photos, or send ' +
      'photos by upload.',
    codes: {
      // Seen so on [K1T343EFWX]; the dictionary knows both spellings.
      urlDownloadFail: 0x6000006e,
      URLDownloadFailed: 0x30002027,
      urlDownloadNotStart: 0x6000006f,
      fileDownloadFailed: 0x4000510d,
      picdataurlisnotvalid: 0x400011c7,
      faceURLIsEmpty: 0x4000510b,
      faceFilePathIsEmpty: 0x4000510f,
      storSerDownloadFileFailed: 0x40006000,
      storSerDownloadFileSizeZero: 0x40006001,
      materialDownloadFailed: 0x4000600e,
    },
  },
];
