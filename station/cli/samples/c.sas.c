// SPDX-License-Identifier: Apache-2.0
/* azure-iot-sdk-c: prov_device_client, prov_mqtt_transport, iothub_client */
#include <azure_prov_client/prov_device_ll_client.h>
#include <azure_prov_client/prov_security_factory.h>
#include <azure_prov_client/prov_transport_mqtt_client.h>
#include <azure_c_shared_utility/threadapi.h>
#include <iothub.h>
#include <stdio.h>

static int done;
static void registered(PROV_DEVICE_RESULT result, const char* hub, const char* device, void* context) {
    (void)context;
    printf("%d %s %s\n", (int)result, hub ? hub : "", device ? device : "");
    done = 1; /* then: IoTHubDeviceClient_LL_CreateFromDeviceAuth(hub, device, MQTT_Protocol) */
}

int main(void) {
    IoTHub_Init();
    prov_dev_set_symmetric_key_info("@ID@", "@KEY@");
    prov_dev_security_init(SECURE_DEVICE_TYPE_SYMMETRIC_KEY);
    PROV_DEVICE_LL_HANDLE client = Prov_Device_LL_Create("@ENDPOINT@", "@SCOPE@", Prov_Device_MQTT_Protocol);
    for (Prov_Device_LL_Register_Device(client, registered, NULL, NULL, NULL); !done; ThreadAPI_Sleep(10)) Prov_Device_LL_DoWork(client);
    Prov_Device_LL_Destroy(client);
    prov_dev_security_deinit();
    IoTHub_Deinit();
}
