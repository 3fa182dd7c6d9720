// SPDX-License-Identifier: Apache-2.0
// npm install azure-iot-provisioning-device azure-iot-provisioning-device-mqtt azure-iot-security-x509 azure-iot-device azure-iot-device-mqtt
const fs = require('fs');
const { ProvisioningDeviceClient } = require('azure-iot-provisioning-device');
const { Mqtt } = require('azure-iot-provisioning-device-mqtt');
const { X509Security } = require('azure-iot-security-x509');

// leaf first, then every intermediate; the key never leaves the board where it was made there
const login = { cert: fs.readFileSync('@CERTIFICATE@', 'utf8'), key: fs.readFileSync('@KEY@', 'utf8') };
const security = new X509Security('@ID@', login);
ProvisioningDeviceClient.create('@ENDPOINT@', '@SCOPE@', new Mqtt(), security).register((error, result) => {
  if (error) throw error;
  console.log(`HostName=${result.assignedHub};DeviceId=${result.deviceId}`);
  // then: Client.fromConnectionString(`HostName=...;DeviceId=...;x509=true`, require('azure-iot-device-mqtt').Mqtt), client.setOptions(login)
});
