# SPDX-License-Identifier: Apache-2.0
# pip install azure-iot-device
from azure.iot.device import IoTHubDeviceClient, ProvisioningDeviceClient

KEY = "@KEY@"
provisioning = ProvisioningDeviceClient.create_from_symmetric_key(
    provisioning_host="@ENDPOINT@", registration_id="@ID@", id_scope="@SCOPE@", symmetric_key=KEY)
result = provisioning.register()
print(result.status, result.registration_state.assigned_hub)
client = IoTHubDeviceClient.create_from_symmetric_key(
    symmetric_key=KEY, hostname=result.registration_state.assigned_hub, device_id=result.registration_state.device_id)
client.connect()
