-- A journal of schema version 1, as a station of that version left it: two recorded units, one that waits, one void, two of a sas batch.
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE batch(
  name       TEXT PRIMARY KEY,
  mode       TEXT NOT NULL CHECK(mode IN ('x509', 'sas')),
  slot       TEXT NOT NULL CHECK(slot IN ('primary', 'secondary')),
  scope_id   TEXT NOT NULL,
  pattern    TEXT NOT NULL,
  first      INTEGER NOT NULL,
  match      INTEGER NOT NULL,
  count      INTEGER NOT NULL CHECK(count > 0),
  spare      INTEGER NOT NULL CHECK(spare >= 0),
  state      TEXT NOT NULL CHECK(state = 'open' OR state = 'paused' OR state = 'closed'),
  created_by TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  used       INTEGER NOT NULL DEFAULT 0,
  next       INTEGER NOT NULL
) STRICT;
INSERT INTO batch VALUES('order-1','x509','primary','0ne00TEST01','order-1-{seq:06}',1,0,4,5,'open','demo',1795554677191,4,5);
INSERT INTO batch VALUES('order-2','sas','primary','0ne00TEST01','order-2-{seq:06}',1,0,2,5,'paused','demo',1795554677408,2,3);
CREATE TABLE listed_id(
  batch    TEXT NOT NULL REFERENCES batch(name),
  id       TEXT NOT NULL,
  position INTEGER NOT NULL,
  name     TEXT NOT NULL,
  uid      BLOB,
  PRIMARY KEY(batch, id)
) STRICT, WITHOUT ROWID;
CREATE TABLE free_id(
  batch  TEXT NOT NULL REFERENCES batch(name),
  number INTEGER NOT NULL,
  PRIMARY KEY(batch, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE unit(
  number      INTEGER PRIMARY KEY,
  batch       TEXT NOT NULL REFERENCES batch(name),
  id          TEXT NOT NULL,
  scan        TEXT NOT NULL,
  uid         BLOB NOT NULL,
  state       TEXT NOT NULL CHECK(state = 'RESERVED' OR state = 'INTENDED' OR state = 'ISSUED' OR state = 'WRITTEN' OR state = 'VERIFIED' OR
                                   state = 'RECORDED' OR state = 'VOID'),
  fixture     TEXT NOT NULL,
  job         TEXT NOT NULL,
  origin      TEXT NOT NULL CHECK(origin = 'board' OR origin = 'station' OR origin = 'derived'),
  slot        TEXT NOT NULL,
  serial      BLOB,
  key_hash    BLOB,
  certificate BLOB,
  credential  BLOB,
  evidence    TEXT NOT NULL DEFAULT '' CHECK(evidence = '' OR evidence = 'proof' OR evidence = 'digest' OR evidence = 'read-back'),
  family      TEXT NOT NULL,
  firmware    TEXT NOT NULL,
  locked      INTEGER NOT NULL DEFAULT 0,
  void_from   TEXT,
  void_reason TEXT,
  created_at  INTEGER NOT NULL,
  changed_at  INTEGER NOT NULL,
  recorded_at INTEGER,
  -- what the partial indexes ask: one that asked for the state itself would be written anew at each of a unit's steps
  live        INTEGER NOT NULL DEFAULT 1 CHECK(live = (state <> 'VOID')),
  finished    INTEGER NOT NULL DEFAULT 0 CHECK(finished = (state IN ('RECORDED', 'VOID'))),
  lock_owed   INTEGER NOT NULL DEFAULT 0 CHECK(lock_owed = (state = 'RECORDED' AND NOT locked))
) STRICT;
INSERT INTO unit VALUES(1,'order-1','order-1-000001','order-1-sn-1',X'5f286457e9dceb500200000001','RECORDED','F2','57b2e94a-418f-43a8-ba79-8f29940479dd','board','primary',X'13c9a6e3eb00eb0f925162f98cf8e541d2',X'aa383985de4da70bc52c1adcd43ee0293b0592a1b65cea4ee62186d47b7925b4',X'308201d130820177a003020102021113c9a6e3eb00eb0f925162f98cf8e541d2300a06082a8648ce3d040302304431163014060355040a0c0d4b65797374616d702064656d6f312a302806035504030c214b65797374616d702064656d6f207072696d617279204341206330303961636137301e170d3236313132333231313131375a170d3336313132303231313131375a30193117301506035504030c0e6f726465722d312d3030303030313059301306072a8648ce3d020106082a8648ce3d03010703420004669e325db884ef18c819b7aded5b12716870bd5357bf951dfab675362642a651c5965bf7a5bdf827974cd76f065ec1b3c96904497f01218eb5800c8b5627663fa3753073300c0603551d130101ff04023000300e0603551d0f0101ff04040302078030130603551d25040c300a06082b06010505070302301d0603551d0e041604141b848df0a79ce8e86e66e6446da3cafab4ceb431301f0603551d23041830168014e90a136f0456c7f8a0ccd5ffbfe0e5684d3b1076300a06082a8648ce3d0403020348003045022100b3726a293f8a87a356e5c74f4cd78d281ac9c73a97e59422b7c3bd2be95ab4a10220049433c20f83db8e06ecfb15a19c098f48e5c31e2e4abe327dfd06273b0d0861',X'43ed7ac2674fdde53114e195abc9117526c2e01f6af812b29ddacf4673c7b835','proof','keystamp-agent host','0.1.0',1,NULL,NULL,1795554677459,1795554677513,1795554677513,1,1,0);
INSERT INTO unit VALUES(2,'order-1','order-1-000002','order-1-sn-0',X'5f286457e9dceb500100000001','RECORDED','F1','fd876cfe-6a38-420d-8402-fc7a145989ac','board','primary',X'7eb6732f745aa3a92afab704d4c51d1a50',X'ffb6a5cb30519d34713c8850109b0fe7f27ffc384711439e45688b90de80391b',X'308201d230820177a00302010202117eb6732f745aa3a92afab704d4c51d1a50300a06082a8648ce3d040302304431163014060355040a0c0d4b65797374616d702064656d6f312a302806035504030c214b65797374616d702064656d6f207072696d617279204341206330303961636137301e170d3236313132333231313131375a170d3336313132303231313131375a30193117301506035504030c0e6f726465722d312d3030303030323059301306072a8648ce3d020106082a8648ce3d030107034200048c2c24b315e5032d5961701310374ec3ed3f64cb55666769a85ffe1d3e2af91b58538a6a304bc8bef7f75d44c0cda8c8bc2a9a8746e4a13177fe50d277b38f87a3753073300c0603551d130101ff04023000300e0603551d0f0101ff04040302078030130603551d25040c300a06082b06010505070302301d0603551d0e04160414eb12683b55a81555a9fa9551f12a80612eb6d074301f0603551d23041830168014e90a136f0456c7f8a0ccd5ffbfe0e5684d3b1076300a06082a8648ce3d0403020349003046022100e469490aac6768cc17352a296b690864d89f4a228cede669134002f8ec69129f022100eafd09b2c49e389ec095c151f12254485ad9587f0b81206e06c732e100dfddef',X'597dcc48a5db05b0a8ed5b5a452433d90105c567fd4b10396878bf0f424feeb6','proof','keystamp-agent host','0.1.0',1,NULL,NULL,1795554677461,1795554677514,1795554677514,1,1,0);
INSERT INTO unit VALUES(3,'order-1','order-1-000003','order-1-sn-3',X'5f286457e9dceb500200000002','ISSUED','F2','61b2c736-8de5-4239-b80c-7011609cf920','board','primary',X'1dc97e3e63fd9cbcb9d10170689c0ecb98',X'156ab1f12b5d83fb7039c7e8701ec67d798d71da20130a93e7e45e4fd0df5e35',X'308201d030820177a00302010202111dc97e3e63fd9cbcb9d10170689c0ecb98300a06082a8648ce3d040302304431163014060355040a0c0d4b65797374616d702064656d6f312a302806035504030c214b65797374616d702064656d6f207072696d617279204341206330303961636137301e170d3236313132333231313131375a170d3336313132303231313131375a30193117301506035504030c0e6f726465722d312d3030303030333059301306072a8648ce3d020106082a8648ce3d0301070342000455dcc0e237fb84892993e33ebbd55b2fcb511b1586b0cf99786a4c3549e10d8b66877a736f6d734edc00c69557562147e63408b78915e17ca40a62beebc0e136a3753073300c0603551d130101ff04023000300e0603551d0f0101ff04040302078030130603551d25040c300a06082b06010505070302301d0603551d0e0416041419d2828e9dfba87570a52a5e1eb931edf705d39c301f0603551d23041830168014e90a136f0456c7f8a0ccd5ffbfe0e5684d3b1076300a06082a8648ce3d0403020347003044022058e1e93fd01a4ed3e68a19e2b363f9a499e0c09b22f8a188333bc4bb3e4cd703022056ef484a34123343be46788379587b11f00325d0572b8501c9ecf40f0145b732',X'13934243e253a94ff372ec3d19e05fb331d51026339df87562089d2baf0a02c3','','keystamp-agent host','0.1.0',0,NULL,NULL,1795554677515,1795554677567,NULL,1,0,0);
INSERT INTO unit VALUES(4,'order-1','order-1-000004','order-1-sn-2',X'5f286457e9dceb500100000002','VOID','F1','2256678b-9b6f-40dc-9609-4427fc6b2632','board','primary',X'5e9841bb2d635038becf5f345f91ef2208',X'ee101c09b3328ccb914d65853d77c8c4c0a6dae9f41447c9bbd3ca9c5ac33d90',X'308201d230820177a00302010202115e9841bb2d635038becf5f345f91ef2208300a06082a8648ce3d040302304431163014060355040a0c0d4b65797374616d702064656d6f312a302806035504030c214b65797374616d702064656d6f207072696d617279204341206330303961636137301e170d3236313132333231313131375a170d3336313132303231313131375a30193117301506035504030c0e6f726465722d312d3030303030343059301306072a8648ce3d020106082a8648ce3d0301070342000403ff5437ef5baa7de61c978d43c91416559ca77dd2d518817ba307008322daac359f6d9519b3be3833b3278ca82265fce37475caaacb04e5c4f403aaa1dc3344a3753073300c0603551d130101ff04023000300e0603551d0f0101ff04040302078030130603551d25040c300a06082b06010505070302301d0603551d0e041604147d73a78d1b336bd93e85434505f1db6e65fa14bd301f0603551d23041830168014e90a136f0456c7f8a0ccd5ffbfe0e5684d3b1076300a06082a8648ce3d04030203490030460221008a94d4eef2f1aa3dcf39cb1c020d52357d1fc7b9753b4036a06c16ae964520d4022100a1ba2e563009ed35738a080fa49d7fb66ea93eda38a4e1a4e14b6839ed0dc3f6',X'55e9edc1a570943b3b59c19be4642f810e8903409c63397131b8a67a67d9b49f','','keystamp-agent host','0.1.0',0,'WRITTEN','proof-failed: the signature does not verify with the leaf''s key',1795554677519,1795554677599,NULL,0,1,0);
INSERT INTO unit VALUES(5,'order-2','order-2-000001','order-2-sn-0',X'5f286457e9dceb500100000003','RECORDED','F1','27d9ad19-2378-42a1-be44-9d149ac517b7','derived','primary',NULL,X'0000000000000000000000000000000000000000000000000000000000000000',NULL,X'e79ebff06a41625368ce0ccfbe27389e09965962f8d7a5570d46be01aad1e57a','proof','keystamp-agent host','0.1.0',1,NULL,NULL,1795554683655,1795554683687,1795554683687,1,1,0);
INSERT INTO unit VALUES(6,'order-2','order-2-000002','order-2-sn-1',X'5f286457e9dceb500200000003','RECORDED','F2','1884bd19-1d77-4050-9093-88498a086a17','derived','primary',NULL,X'0000000000000000000000000000000000000000000000000000000000000000',NULL,X'ff89d5d5a619ac020d656d655432e8487d02bd77c430a87b7441aa499298e540','proof','keystamp-agent host','0.1.0',1,NULL,NULL,1795554683671,1795554683695,1795554683695,1,1,0);
CREATE TABLE job(
  number     INTEGER PRIMARY KEY,
  job        TEXT NOT NULL,
  batch      TEXT NOT NULL REFERENCES batch(name),
  fixture    TEXT NOT NULL,
  scan       TEXT NOT NULL,
  id         TEXT,
  uid        BLOB,
  unit       INTEGER REFERENCES unit(number),
  started_at INTEGER NOT NULL,
  ended_at   INTEGER NOT NULL,
  verdict    TEXT NOT NULL CHECK(verdict = 'PASS' OR verdict = 'FAIL' OR verdict = 'ERROR' OR verdict = 'ABORTED'),
  reason     TEXT NOT NULL,
  detail     TEXT NOT NULL
) STRICT;
INSERT INTO job VALUES(1,'57b2e94a-418f-43a8-ba79-8f29940479dd','order-1','F2','order-1-sn-1','order-1-000001',X'5f286457e9dceb500200000001',1,1795554677451,1795554677511,'PASS','','');
INSERT INTO job VALUES(2,'fd876cfe-6a38-420d-8402-fc7a145989ac','order-1','F1','order-1-sn-0','order-1-000002',X'5f286457e9dceb500100000001',2,1795554677448,1795554677513,'PASS','','');
INSERT INTO job VALUES(3,'2256678b-9b6f-40dc-9609-4427fc6b2632','order-1','F1','order-1-sn-2','order-1-000004',X'5f286457e9dceb500100000002',4,1795554677519,1795554677607,'FAIL','proof-failed','the signature does not verify with the leaf''s key');
INSERT INTO job VALUES(4,'61b2c736-8de5-4239-b80c-7011609cf920','order-1','F2','order-1-sn-3','order-1-000003',X'5f286457e9dceb500200000002',3,1795554677515,1795554683587,'ERROR','board-silent','commit');
INSERT INTO job VALUES(5,'27d9ad19-2378-42a1-be44-9d149ac517b7','order-2','F1','order-2-sn-0','order-2-000001',X'5f286457e9dceb500100000003',5,1795554683654,1795554683679,'PASS','','');
INSERT INTO job VALUES(6,'1884bd19-1d77-4050-9093-88498a086a17','order-2','F2','order-2-sn-1','order-2-000002',X'5f286457e9dceb500200000003',6,1795554683652,1795554683695,'PASS','','');
CREATE TABLE audit(
  number INTEGER PRIMARY KEY,
  line   TEXT NOT NULL
) STRICT;
INSERT INTO audit VALUES(1,'{"n":1,"time":"2026-11-24T21:11:17.191Z","kind":"batch-create","batch":"order-1","mode":"x509","slot":"primary","scope":"0ne00TEST01","pattern":"order-1-{seq:06}","first":1,"match":false,"count":4,"spare":5,"who":"demo","prev":"0000000000000000000000000000000000000000000000000000000000000000"}');
INSERT INTO audit VALUES(2,'{"n":2,"time":"2026-11-24T21:11:17.408Z","kind":"batch-create","batch":"order-2","mode":"sas","slot":"primary","scope":"0ne00TEST01","pattern":"order-2-{seq:06}","first":1,"match":false,"count":2,"spare":5,"who":"demo","prev":"3a1221456e8a1e85bcdfde935788305a3a0410dd887337913289c7b9b5f4b878"}');
INSERT INTO audit VALUES(3,'{"n":3,"time":"2026-11-24T21:11:17.495Z","kind":"issue","unit":1,"id":"order-1-000001","batch":"order-1","uid":"5f286457e9dceb500200000001","fixture":"F2","job":"57b2e94a-418f-43a8-ba79-8f29940479dd","slot":"primary","key":"board","serial":"13c9a6e3eb00eb0f925162f98cf8e541d2","key_hash":"aa383985de4da70bc52c1adcd43ee0293b0592a1b65cea4ee62186d47b7925b4","credential":"43ed7ac2674fdde53114e195abc9117526c2e01f6af812b29ddacf4673c7b835","prev":"c032b3f15eb3c123c4442d1ec54d735d64e1de93f1aa9e45ddcd159d31a95f13"}');
INSERT INTO audit VALUES(4,'{"n":4,"time":"2026-11-24T21:11:17.511Z","kind":"issue","unit":2,"id":"order-1-000002","batch":"order-1","uid":"5f286457e9dceb500100000001","fixture":"F1","job":"fd876cfe-6a38-420d-8402-fc7a145989ac","slot":"primary","key":"board","serial":"7eb6732f745aa3a92afab704d4c51d1a50","key_hash":"ffb6a5cb30519d34713c8850109b0fe7f27ffc384711439e45688b90de80391b","credential":"597dcc48a5db05b0a8ed5b5a452433d90105c567fd4b10396878bf0f424feeb6","prev":"2c2d3e870430df0bc6fe6ebd23301b2ed468008f240de01e24e116d69bbe1865"}');
INSERT INTO audit VALUES(5,'{"n":5,"time":"2026-11-24T21:11:17.513Z","kind":"record","unit":1,"id":"order-1-000001","batch":"order-1","uid":"5f286457e9dceb500200000001","fixture":"F2","job":"57b2e94a-418f-43a8-ba79-8f29940479dd","evidence":"proof","credential":"43ed7ac2674fdde53114e195abc9117526c2e01f6af812b29ddacf4673c7b835","prev":"f8e7419b566e4f8e0426ba0d7cc072b21bdb7d7f23cfb5526cdbb9880d2f76f0"}');
INSERT INTO audit VALUES(6,'{"n":6,"time":"2026-11-24T21:11:17.514Z","kind":"record","unit":2,"id":"order-1-000002","batch":"order-1","uid":"5f286457e9dceb500100000001","fixture":"F1","job":"fd876cfe-6a38-420d-8402-fc7a145989ac","evidence":"proof","credential":"597dcc48a5db05b0a8ed5b5a452433d90105c567fd4b10396878bf0f424feeb6","prev":"27ff4fa9076853a448892100329d2bd4c50537d79db66da4e201a5be6f99d136"}');
INSERT INTO audit VALUES(7,'{"n":7,"time":"2026-11-24T21:11:17.567Z","kind":"issue","unit":3,"id":"order-1-000003","batch":"order-1","uid":"5f286457e9dceb500200000002","fixture":"F2","job":"61b2c736-8de5-4239-b80c-7011609cf920","slot":"primary","key":"board","serial":"1dc97e3e63fd9cbcb9d10170689c0ecb98","key_hash":"156ab1f12b5d83fb7039c7e8701ec67d798d71da20130a93e7e45e4fd0df5e35","credential":"13934243e253a94ff372ec3d19e05fb331d51026339df87562089d2baf0a02c3","prev":"f09c896f2749b73b20c757ceabc98dfbd91cd875a880046bd9cea97b9fb4156c"}');
INSERT INTO audit VALUES(8,'{"n":8,"time":"2026-11-24T21:11:17.591Z","kind":"issue","unit":4,"id":"order-1-000004","batch":"order-1","uid":"5f286457e9dceb500100000002","fixture":"F1","job":"2256678b-9b6f-40dc-9609-4427fc6b2632","slot":"primary","key":"board","serial":"5e9841bb2d635038becf5f345f91ef2208","key_hash":"ee101c09b3328ccb914d65853d77c8c4c0a6dae9f41447c9bbd3ca9c5ac33d90","credential":"55e9edc1a570943b3b59c19be4642f810e8903409c63397131b8a67a67d9b49f","prev":"0922d6746af1a0182ab4c7b15291eca175f2a6fd50260ec42fcb2b51b4262cf9"}');
INSERT INTO audit VALUES(9,'{"n":9,"time":"2026-11-24T21:11:17.599Z","kind":"void","unit":4,"id":"order-1-000004","batch":"order-1","uid":"5f286457e9dceb500100000002","from":"WRITTEN","serial":"5e9841bb2d635038becf5f345f91ef2208","reason":"proof-failed: the signature does not verify with the leaf''s key","who":"station","prev":"016f1164a435032cb51147e5660d1681157f64eaa7425b4f6e46bc0c923b0ec0"}');
INSERT INTO audit VALUES(10,'{"n":10,"time":"2026-11-24T21:11:17.607Z","kind":"fail","job":"2256678b-9b6f-40dc-9609-4427fc6b2632","batch":"order-1","fixture":"F1","scan":"order-1-sn-2","unit":4,"id":"order-1-000004","uid":"5f286457e9dceb500100000002","reason":"proof-failed","detail":"the signature does not verify with the leaf''s key","prev":"38c3961cdee13be49bc7b998e9be748d4bfa8e0b13511a5f28cbeef6857b745d"}');
INSERT INTO audit VALUES(11,'{"n":11,"time":"2026-11-24T21:11:23.672Z","kind":"issue","unit":5,"id":"order-2-000001","batch":"order-2","uid":"5f286457e9dceb500100000003","fixture":"F1","job":"27d9ad19-2378-42a1-be44-9d149ac517b7","slot":"primary","key":"derived","credential":"e79ebff06a41625368ce0ccfbe27389e09965962f8d7a5570d46be01aad1e57a","prev":"3bad71a0bc56e93aff048b1a901ac169689366b341c487670511445cc8224d92"}');
INSERT INTO audit VALUES(12,'{"n":12,"time":"2026-11-24T21:11:23.687Z","kind":"issue","unit":6,"id":"order-2-000002","batch":"order-2","uid":"5f286457e9dceb500200000003","fixture":"F2","job":"1884bd19-1d77-4050-9093-88498a086a17","slot":"primary","key":"derived","credential":"ff89d5d5a619ac020d656d655432e8487d02bd77c430a87b7441aa499298e540","prev":"a39d8c04bf4b0edabf1f7bcb548e908abf51426a70d69a1766f046790c6b56a9"}');
INSERT INTO audit VALUES(13,'{"n":13,"time":"2026-11-24T21:11:23.687Z","kind":"record","unit":5,"id":"order-2-000001","batch":"order-2","uid":"5f286457e9dceb500100000003","fixture":"F1","job":"27d9ad19-2378-42a1-be44-9d149ac517b7","evidence":"proof","credential":"e79ebff06a41625368ce0ccfbe27389e09965962f8d7a5570d46be01aad1e57a","prev":"70b26b6f713a7bf6863f2ef083d04d50c3ddf650819e220446741c974c7b7b6e"}');
INSERT INTO audit VALUES(14,'{"n":14,"time":"2026-11-24T21:11:23.695Z","kind":"record","unit":6,"id":"order-2-000002","batch":"order-2","uid":"5f286457e9dceb500200000003","fixture":"F2","job":"1884bd19-1d77-4050-9093-88498a086a17","evidence":"proof","credential":"ff89d5d5a619ac020d656d655432e8487d02bd77c430a87b7441aa499298e540","prev":"0b5f7bd705a17a52da52b90ea485f54acb724a33ca4496886589fbff0ac40c48"}');
INSERT INTO audit VALUES(15,'{"n":15,"time":"2026-11-24T21:11:23.728Z","kind":"batch-state","batch":"order-2","from":"open","to":"paused","who":"root","prev":"ba9203c5b1e79759b45716eddbfa8f4fcad7d43e611dc683128087f04d0486d6"}');
CREATE TABLE checkpoint(
  number    INTEGER PRIMARY KEY,
  origin    TEXT NOT NULL,
  size      INTEGER NOT NULL,
  root      BLOB NOT NULL,
  signature BLOB NOT NULL,
  saved_at  INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX unit_live_id   ON unit(id)  WHERE live = 1;
CREATE UNIQUE INDEX unit_live_uid  ON unit(uid) WHERE live = 1;
CREATE UNIQUE INDEX unit_serial    ON unit(serial) WHERE serial IS NOT NULL;
CREATE INDEX unit_of_batch         ON unit(batch);
CREATE INDEX unit_live_scan        ON unit(batch, scan) WHERE live = 1;
CREATE INDEX unit_unfinished       ON unit(batch) WHERE finished = 0;
CREATE INDEX unit_unlocked         ON unit(batch) WHERE lock_owed = 1;
CREATE INDEX unit_void_of_batch    ON unit(batch) WHERE live = 0;
CREATE INDEX unit_void_id          ON unit(id) WHERE live = 0;
CREATE INDEX unit_void_uid         ON unit(uid) WHERE live = 0;
CREATE TRIGGER unit_stays BEFORE DELETE ON unit BEGIN SELECT RAISE(ABORT, 'a unit is never deleted'); END;
CREATE INDEX job_of_id  ON job(id) WHERE id IS NOT NULL;
CREATE INDEX job_failed ON job(batch) WHERE verdict = 'FAIL';
CREATE TRIGGER audit_unchanged BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END;
CREATE TRIGGER audit_stays BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END;
COMMIT;
PRAGMA user_version=1;
