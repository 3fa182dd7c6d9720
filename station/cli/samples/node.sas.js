// SPDX-License-Identifier: Apache-2.0
// npm install azure-iot-provisioning-device azure-iot-provisioning-device-mqtt azure-iot-security-symmetric-key azure-iot-device azure-iot-device-mqtt
const { ProvisioningDeviceClient } = require('azure-iot-provisioning-device');
const { Mqtt } = require('azure-iot-provisioning-device-mqtt');
const { SymmetricKeySecurityClient } = require('azure-iot-security-symmetric-key');

const security = new SymmetricKeySecurityClient('@ID@', '@KEY@');
ProvisioningDeviceClient.create('@ENDPOINT@', '@SCOPE@', new Mqtt(), security).register((error, result) => {
  if (error) throw error;
  console.log(`HostName=${result.assignedHub};DeviceId=${result.deviceId}`);
  // then: Client.fromConnectionString(`HostName=...;DeviceId=...;SharedAccessKey=...`, require('azure-iot-device-mqtt').Mqtt) of azure-iot-device
});
